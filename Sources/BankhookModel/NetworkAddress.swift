/// A host and a port: what a connection is made to, and what `no_proxy` is compared with.
package protocol NetworkAddress: Sendable {
    var host: URLHost { get }
    var port: Int { get }
    /// Whether it is called over TLS.
    var isSecure: Bool { get }
}

extension BaseURL: NetworkAddress {}
extension WebhookURL: NetworkAddress {}
