/// The rules of the specification (section 2, `webhook_url`), written a second time and by other
/// means than the product's: an oracle that shares a mistake finds nothing.
enum URLRules {
    /// Which rule an accepted URL breaks, or nil; `placeholders` are those that the product found.
    static func violation(
        of text: String, placeholders: [String], isAnyLength: Bool = false
    ) -> String? {
        let bytes = Array(text.utf8)
        guard isAnyLength || bytes.count <= 2_048 else { return "is longer than 2,048 characters" }
        let allowed =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
            + "-._~:/?#[]@!$&'()*+,;=%{}"
        guard bytes.allSatisfy(Array(allowed.utf8).contains) else {
            return "holds a character that no URL may contain"
        }
        guard text.lowercased().hasPrefix("https://") || text.lowercased().hasPrefix("http://")
        else {
            return "has another scheme"
        }
        guard !bytes.contains(UInt8(ascii: "#")) else { return "has a fragment" }
        if let problem = escapeViolation(bytes) { return problem }
        guard names(in: bytes) == placeholders else { return "has other placeholders" }
        let whole = authorityText(of: text)
        guard !whole.utf8.contains(where: "@{}".utf8.contains) else {
            return "has user info or a placeholder in its authority"
        }
        let (host, port, _) = authority(of: text)
        if let port {
            guard (1...5).contains(port.utf8.count), let number = Int(port),
                (1...65_535).contains(number)
            else { return "has no usable port" }
        }
        return HostRules.violation(host)
    }

    /// What stands between the slashes and the path or query.
    static func authorityText(of text: String) -> String {
        let behind = text.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2)
        return String(
            Substring(behind.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }))
    }

    /// Host and port as they are written, and everything behind them.
    static func authority(of text: String) -> (host: String, port: String?, rest: String) {
        let whole = authorityText(of: text)
        let behind = text.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2 + whole.utf8.count)
        let rest = String(Substring(behind))
        let bytes = Array(whole.utf8)
        // A port has digits only, so that the last colon ends an address in brackets or none.
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")), bytes.last != UInt8(ascii: "]")
        else { return (whole, nil, rest) }
        let host = String(decoding: bytes[..<colon], as: UTF8.self)
        return (host, String(decoding: bytes[(colon + 1)...], as: UTF8.self), rest)
    }

    private static func escapeViolation(_ bytes: [UInt8]) -> String? {
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "%") {
            let digits = String(decoding: bytes[(index + 1)...].prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                let value = UInt8(digits, radix: 16)
            else { return "has a % without two digits" }
            guard value >= 0x20, value != 0x7F else { return "has an encoded control character" }
        }
        return nil
    }

    /// The names in braces, once each; nil where a brace belongs to none.
    private static func names(in bytes: [UInt8]) -> [String]? {
        var names = [String]()
        var open: [UInt8]?
        for byte in bytes {
            switch (byte, open) {
            case (UInt8(ascii: "{"), nil): open = []
            case (UInt8(ascii: "{"), _), (UInt8(ascii: "}"), nil): return nil
            case (UInt8(ascii: "}"), let name?):
                let text = String(decoding: name, as: UTF8.self)
                guard let first = name.first, (0x61...0x7A).contains(first),
                    name.allSatisfy("abcdefghijklmnopqrstuvwxyz0123456789_".utf8.contains)
                else { return nil }
                if !names.contains(text) { names.append(text) }
                open = nil
            case (_, let name?): open = name + [byte]
            case (_, nil): break
            }
        }
        return open == nil ? names : nil
    }
}
