/// The URL of a webhook endpoint that this machine calls, complete: no placeholder is left in it.
///
/// It is as secret as what filled it, so it prints as its origin only: an unguessable path is how
/// most receivers know BankConnect.
package struct EndpointURL: Hashable, Sendable, NetworkAddress {
    /// The whole URL, for the wire. Never interpolate it into a message.
    package let exposed: String
    /// Scheme, host and port: what may be shown.
    package let origin: String
    package let host: URLHost
    package let port: Int
    package let isSecure: Bool

    /// Whether payloads may leave this machine unencrypted.
    package enum PlainHTTP: Sendable {
        /// To a loopback host.
        case toLoopback
        /// To any host, which is the user's own choice of a next hop.
        case toAnyHost
    }

    /// Takes an absolute `https` URL without user info, fragment and braces; `http` where it may be.
    package init(_ text: String, plainHTTP: PlainHTTP = .toLoopback) throws(URLProblem) {
        guard text.utf8.count <= EndpointURL.maximumLength else {
            throw URLProblem("is longer than \(EndpointURL.maximumLength) characters")
        }
        let parts = try URLParts(text)
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") })
        else {
            throw URLProblem(
                "has a {placeholder} that nothing fills",
                hint: "write the URL as it is called; a literal brace is %7B or %7D")
        }
        isSecure = parts.scheme == "https"
        guard isSecure || parts.host.isLoopback || plainHTTP == .toAnyHost else {
            throw URLProblem(
                "is not https", hint: "start it with https://; http is for a loopback host only")
        }
        exposed = text
        origin = parts.origin
        host = parts.host
        port = parts.port ?? parts.defaultPort
    }

    /// The longest that a URL with its secrets filled in can become.
    private static let maximumLength = 1 << 17
}

extension EndpointURL: CustomStringConvertible, CustomReflectable {
    package var description: String { origin }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
