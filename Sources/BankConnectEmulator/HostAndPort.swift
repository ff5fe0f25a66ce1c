/// A host and perhaps a port, as a URL or a `Host` header spells them.
struct HostAndPort: Sendable, Equatable {
    /// The host in lower case, an IPv6 address without its brackets.
    let host: String
    /// The port, where one is written.
    let port: Int?

    /// Reads `host`, `host:port`, `[address]` or `[address]:port`; nil where there is no host or
    /// the port is no number.
    init?(_ text: some StringProtocol) {
        let isBracketed = text.hasPrefix("[")
        let name = isBracketed ? text.dropFirst() : text[...]
        let mark = name.firstIndex { $0 == (isBracketed ? "]" : ":") }
        if isBracketed && mark == nil { return nil }
        let end = mark ?? name.endIndex
        host = name[..<end].lowercased()
        let rest = isBracketed ? name[end...].dropFirst() : name[end...]
        let digits = rest.dropFirst()
        guard !host.isEmpty, !host.contains(where: { "[]".contains($0) }),
            rest.isEmpty || rest.hasPrefix(":"),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        port = Int(digits)
        guard digits.isEmpty || port != nil else { return nil }
    }

    /// Whether the host is this machine by its name or address, without asking any resolver.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
            }
    }
}
