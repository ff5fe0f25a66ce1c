/// An absolute http or https URL, taken apart by RFC 3986 and nothing more lenient.
///
/// Foundation's parser accepts port 99999, an empty host and `%00`; this one is for text that a
/// remote party will be told to call.
package struct URLParts: Equatable, Sendable {
    /// `http` or `https`.
    package let scheme: String
    package let host: URLHost
    /// As written; nil when none is.
    package let port: Int?
    /// Starts with `/`, or is empty.
    package let path: String
    /// Without its `?`.
    package let query: String?

    /// Parses a text in which `{placeholders}` may stand in path and query.
    package init(_ text: String) throws(URLProblem) {
        guard !URLParts.holdsUserInfo(text) else { throw URLParts.userInfoProblem }
        try URLParts.checkCharacters(of: text)
        // By bytes from here on: the text is ASCII.
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[colon...].starts(with: "://".utf8)
        else { throw URLProblem("is no absolute URL", hint: "start it with https://") }
        let scheme = text[..<colon].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw URLProblem("does not start with https://")
        }
        self.scheme = scheme
        let rest = bytes[bytes.index(colon, offsetBy: 3)...]
        guard !rest.contains(UInt8(ascii: "#")) else {
            throw URLProblem("has a fragment (#…), which is never sent", hint: "leave it out")
        }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        (host, port) = try URLParts.split(Substring(authority))
        let target = rest[authority.endIndex...]
        let mark = target.firstIndex(of: UInt8(ascii: "?"))
        path = String(Substring(target[..<(mark ?? target.endIndex)]))
        query = mark.map { String(Substring(target[$0...].dropFirst())) }
    }

    /// Whether the text before the path holds an `@`; such a text is not looked at any further.
    ///
    /// By bytes: a combining mark behind a slash would hide it from a comparison by characters.
    private static func holdsUserInfo(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.contains(UInt8(ascii: "@")) else { return false }
        let start = bytes.firstRange(of: "//".utf8)?.upperBound ?? bytes.startIndex
        return bytes[start...].prefix { !"/?#".utf8.contains($0) }.contains(UInt8(ascii: "@"))
    }

    private static var userInfoProblem: URLProblem {
        URLProblem(
            "holds user info (…@)",
            hint: "leave it out; if this was a real key, rotate it", holdsUserInfo: true)
    }

    private static func checkCharacters(of text: String) throws(URLProblem) {
        for byte in text.utf8 {
            guard byte < 0x80 else {
                throw URLProblem(
                    "holds a character outside ASCII",
                    hint: "write an international host name as xn--…, and percent-encode the rest")
            }
            guard byte.isAllowedInURL || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
            else {
                throw URLProblem(
                    "holds \(name(of: byte)), which no URL may contain", hint: "percent-encode it")
            }
        }
        try checkEscapes(of: text)
    }

    private static func checkEscapes(of text: String) throws(URLProblem) {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return }
        let bytes = Array(text.utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
            guard index + 2 < bytes.count, let high = bytes[index + 1].hexDigitValue,
                let low = bytes[index + 2].hexDigitValue
            else {
                throw URLProblem(
                    "has a % that two hexadecimal digits do not follow", hint: "write it as %25")
            }
            guard high >= 2, !(high == 7 && low == 15) else {
                throw URLProblem("holds a percent-encoded control character")
            }
        }
    }

    private static func name(of byte: UInt8) -> String {
        switch byte {
        case 0x20: "a space"
        case 0x21...0x7E: "'\(String(UnicodeScalar(byte)))'"
        default:
            "the control character U+00\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
        }
    }

    private static func split(_ authority: Substring) throws(URLProblem) -> (URLHost, Int?) {
        let bytes = authority.utf8
        guard !bytes.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") })
        else {
            throw URLProblem(
                "has a placeholder in its host or port",
                hint: "placeholders belong in the path or the query")
        }
        let isBracketed = bytes.first == UInt8(ascii: "[")
        let mark = bytes.firstIndex(of: isBracketed ? UInt8(ascii: "]") : UInt8(ascii: ":"))
        let end = mark.map { isBracketed ? bytes.index(after: $0) : $0 } ?? authority.endIndex
        let host = try URLHost(authority[..<end])
        let rest = authority[end...]
        guard !rest.isEmpty else { return (host, nil) }
        let digits = rest.dropFirst()
        guard rest.utf8.first == UInt8(ascii: ":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), (1...65_535).contains(port)
        else {
            throw URLProblem(
                "has no usable port", hint: "write a number from 1 to 65535, or leave the colon out"
            )
        }
        return (host, port)
    }

    package var defaultPort: Int { scheme == "https" ? 443 : 80 }

    /// Scheme, host and port in one canonical form, without a trailing slash.
    package var origin: String {
        let suffix = port.flatMap { $0 == defaultPort ? nil : ":\($0)" } ?? ""
        return "\(scheme)://\(host)\(suffix)"
    }

    /// One form for all spellings of the same URL: scheme and host in lower case, no default port,
    /// and `/` for an empty path.
    package var canonical: String {
        origin + (path.isEmpty ? "/" : path) + (query.map { "?\($0)" } ?? "")
    }
}
