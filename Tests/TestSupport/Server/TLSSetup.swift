package import NIOSSL

/// How a hostile server speaks TLS.
package struct TLSSetup: Sendable {
    private let identity: ServerIdentity
    private let minimumVersion: TLSVersion
    private let maximumVersion: TLSVersion?

    /// A server that is as good as its identity, unless the versions say otherwise: with a
    /// minimum of `.tlsv1` and a maximum of `.tlsv11` it speaks nothing newer.
    package init(
        identity: ServerIdentity, minimumVersion: TLSVersion = .tlsv12,
        maximumVersion: TLSVersion? = nil
    ) {
        self.identity = identity
        self.minimumVersion = minimumVersion
        self.maximumVersion = maximumVersion
    }

    /// The context that all connections of one server share.
    func makeContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: identity.chain.map { .certificate($0) },
            privateKey: .privateKey(identity.privateKey))
        configuration.minimumTLSVersion = minimumVersion
        configuration.maximumTLSVersion = maximumVersion
        return try NIOSSLContext(configuration: configuration)
    }
}
