/// The host of a URL: a name or an address, in whichever spelling it was written.
package enum URLHost: Hashable, Sendable {
    /// A DNS name in lower case, as written otherwise; it may end in a dot.
    case name(String)
    /// `isPlain` tells whether it was written as four decimal numbers.
    case ipv4(IPv4Address, isPlain: Bool, text: String)
    case ipv6(IPv6Address)

    package init(_ text: some StringProtocol) throws(URLProblem) {
        guard !text.isEmpty else { throw URLProblem("has no host") }
        if text.utf8.first == UInt8(ascii: "[") {
            guard text.hasSuffix("]") else { throw URLProblem("has no ] after its IPv6 address") }
            let inner = text.dropFirst().dropLast()
            guard !inner.contains("%") else {
                throw URLProblem("has an IPv6 address with a zone, which means nothing elsewhere")
            }
            guard let address = IPv6Address(String(inner)) else {
                throw URLProblem("has no valid IPv6 address between [ and ]")
            }
            self = .ipv6(address)
            return
        }
        // Before lower case is made of it: U+212A would become a k.
        guard text.utf8.allSatisfy({ $0.isUnreservedInURL && $0 != UInt8(ascii: "~") }) else {
            throw URLProblem("has a host with a character that no host name may contain")
        }
        let name = text.lowercased()
        let labels = URLHost.labels(of: name)
        guard !labels.isEmpty, labels.allSatisfy({ (1...63).contains($0.utf8.count) }),
            labels.reduce(labels.count - 1, { $0 + $1.utf8.count }) <= 253
        else { throw URLProblem("has a malformed host name") }
        // Resolvers take a host whose last label is a number for an address, so this does too.
        guard let last = labels.last, URLHost.isNumber(last) else {
            self = .name(name)
            return
        }
        guard let address = IPv4Address(anySpelling: labels.map(String.init)) else {
            throw URLProblem("has a host that looks like an IPv4 address and is none")
        }
        self = .ipv4(address, isPlain: name == address.description, text: name)
    }

    private static func isNumber(_ label: Substring) -> Bool {
        label.utf8.allSatisfy { (0x30...0x39).contains($0) }
            || label.utf8.starts(with: "0x".utf8)
                && label.utf8.dropFirst(2).allSatisfy { $0.hexDigitValue != nil }
    }

    /// The labels of a name; a single trailing dot adds none.
    private static func labels(of name: String) -> [Substring] {
        let bytes = name.utf8.last == UInt8(ascii: ".") ? name.utf8.dropLast() : name.utf8[...]
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map(Substring.init)
    }

    /// The name without a trailing dot, or the address, for comparing with a policy's patterns.
    package var nameForMatching: String {
        switch self {
        case .name(let name): name.hasSuffix(".") ? String(name.dropLast()) : name
        case .ipv4(let address, _, _): address.description
        case .ipv6: description
        }
    }

    /// Whether it means this machine: `localhost`, 127.0.0.0/8 or `::1`.
    package var isLoopback: Bool {
        switch self {
        case .name: nameForMatching == "localhost"
        case .ipv4(let address, _, _): address.isLoopback
        case .ipv6(let address): address.isLoopback
        }
    }

    /// Why nobody on the internet could reach it, or nil when it may be public. Nothing is resolved.
    package var reasonNotPublic: String? {
        switch self {
        case .name:
            let labels = URLHost.labels(of: nameForMatching)
            if labels.count == 1 { return "a single label, which only a local network resolves" }
            guard let last = labels.last, ["localhost", "local", "internal"].contains(last) else {
                return nil
            }
            return "a name under .\(last), which only a local network resolves"
        case .ipv4(let address, _, _):
            return address.isPublic ? nil : "not a public address (\(address))"
        case .ipv6(let address):
            return address.isPublic ? nil : "not a public address"
        }
    }
}

extension URLHost: CustomStringConvertible {
    package var description: String {
        switch self {
        case .name(let name): name
        case .ipv4(_, _, let text): text
        case .ipv6(let address): "[\(address)]"
        }
    }
}
