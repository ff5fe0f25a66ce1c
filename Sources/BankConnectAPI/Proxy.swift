internal import AsyncHTTPClient
internal import BankhookModel
internal import FoundationEssentials

/// An HTTP proxy that tunnels: it is asked with CONNECT, so that keys stay inside TLS.
package struct Proxy: Hashable, Sendable {
    /// The variable that names it. Messages name this and never its value, which may hold a password.
    package let variable: String
    let host: URLHost
    let port: Int
    /// `USER:PASSWORD` with escapes undone.
    let userInfo: Secret?

    /// Where it is, without what it is signed in with.
    package var place: String { "\(host):\(port)" }

    /// Why a variable names no proxy that can be used; it never quotes the variable's value.
    package struct Problem: Error, Sendable {
        package let code: String
        package let message: String
        package let hint: String
    }

    /// Takes `[http://][USER[:PASSWORD]@]HOST:PORT`, as curl does.
    ///
    /// The port has to be written: curl takes 1080 for none, and others 80.
    init(_ text: String, variable: String) throws(Problem) {
        var rest = text[...]
        if let mark = text.firstRange(of: "://") {
            guard text[..<mark.lowerBound].lowercased() == "http" else {
                throw Problem(
                    code: "not_supported",
                    message: "\(variable) names a proxy that does not begin with http://, which is "
                        + "not supported in this version",
                    hint: "name an HTTP proxy, http://HOST:PORT: what goes through it is inside "
                        + "TLS all the same")
            }
            rest = text[mark.upperBound...]
        }
        if rest.hasSuffix("/") { rest.removeLast() }
        let at = rest.lastIndex(of: "@")
        let place = at.map { rest[rest.index(after: $0)...] } ?? rest
        guard let parts = try? URLParts("http://\(place)"), parts.path.isEmpty,
            parts.query == nil
        else { throw Proxy.malformed(variable) }
        guard let port = parts.port else {
            throw Problem(
                code: "proxy_variable", message: "\(variable) names a proxy without a port",
                hint: "write it, http://HOST:PORT: programs do not agree on what no port means")
        }
        self.variable = variable
        self.port = port
        host = parts.host
        userInfo = try at.flatMap { (at) throws(Problem) in
            try Proxy.userInfo(rest[..<at], variable: variable)
        }
    }

    private static func userInfo(_ text: Substring, variable: String) throws(Problem) -> Secret? {
        guard !text.isEmpty else { return nil }
        guard !text.contains(where: { "/?#".contains($0) }) else { throw malformed(variable) }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map(unescaped)
        guard let user = parts[0], !user.contains(":"),
            let password = parts.count == 1 ? "" : parts[1],
            case let pair = parts.count == 1 ? user : "\(user):\(password)",
            // A secret of a file may end in a newline; here it would be a part of the password.
            let userInfo = Secret(pair), userInfo.exposed == pair
        else { throw malformed(variable) }
        return userInfo
    }

    /// Undoes percent-encoding; nil where a `%` stands without its digits, or bytes are no text.
    private static func unescaped(_ text: Substring) -> String? {
        var bytes = [UInt8]()
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexDigitValue,
                let low = rest.popFirst()?.hexDigitValue
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func malformed(_ variable: String) -> Problem {
        Problem(
            code: "proxy_variable", message: "\(variable) holds no usable address of a proxy",
            hint: "write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, in user and password "
                + "all but letters and digits percent-encoded")
    }

    /// What the HTTP client is told.
    var setting: HTTPClient.Configuration.Proxy {
        .server(host: host.plain, port: port, authorization: authorization)
    }

    private var authorization: HTTPClient.Authorization? {
        userInfo.map { userInfo in
            let text = userInfo.exposed
            let pair = text.contains(":") ? text : "\(text):"
            return .basic(credentials: Data(pair.utf8).base64EncodedString())
        }
    }
}

extension URLHost {
    /// As it is connected to: without the brackets of a URL.
    var plain: String {
        switch self {
        case .name(let name): name
        case .ipv4(let address, _, _): address.description
        case .ipv6(let address): address.description
        }
    }
}
