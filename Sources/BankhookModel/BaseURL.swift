/// The API's origin: `https://host[:port]`, or `http://` for a loopback host.
package struct BaseURL: Hashable, Sendable {
    /// The origin in canonical form, without a trailing slash: what is recorded and hashed.
    package let canonical: String
    package let host: URLHost
    package let port: Int
    package let isSecure: Bool

    /// The hosts that FinBox is known to run (specification, section 1).
    package static let knownHosts = [
        "apis.bankconnect.finbox.in", "apis-uat.bankconnect.finbox.in",
    ]
    /// The documented production host.
    package static let production = "https://apis.bankconnect.finbox.in"

    package init(_ text: String) throws(URLProblem) {
        let parts = try URLParts(text)
        guard parts.query == nil else { throw URLProblem("has a query", hint: "leave it out") }
        guard parts.path.isEmpty || parts.path == "/" else {
            throw URLProblem(
                "has a path", hint: "write the origin only, \(parts.origin): bankhook adds the path"
            )
        }
        if case .ipv4(let address, let isPlain, _) = parts.host, !isPlain {
            throw URLProblem("has an unusual spelling of an address", hint: "write \(address)")
        }
        if case .name(let name) = parts.host, name.hasSuffix(".") {
            throw URLProblem("ends its host with a dot", hint: "leave the dot out")
        }
        guard parts.scheme == "https" || parts.host.isLoopback else {
            throw URLProblem(
                "would send credentials unencrypted",
                hint: "use https://; http:// is for a loopback host only")
        }
        canonical = parts.origin
        host = parts.host
        port = parts.port ?? parts.defaultPort
        isSecure = parts.scheme == "https"
    }

    /// The host may be sent credentials without a policy that names it.
    package var isKnown: Bool {
        host.isLoopback || BaseURL.knownHosts.contains(host.nameForMatching)
    }
}

extension BaseURL: CustomStringConvertible {
    package var description: String { canonical }
}
