internal import BankhookModel

/// The hosts that are called without the proxy: what `no_proxy` lists.
struct NoProxy: Sendable {
    private let entries: [String]

    /// Takes entries apart at commas and blanks; an entry that means nothing excepts nothing.
    init(_ list: String) {
        entries = list.split(whereSeparator: { ", \t".contains($0) }).map(String.init)
    }

    /// Whether a host is called directly.
    func excepts(_ address: any NetworkAddress) -> Bool {
        entries.contains { NoProxy.matches($0, address) }
    }

    /// One entry of `no_proxy`: `*`, a host, a `.suffix`, an address block, each with a port or not.
    private static func matches(_ entry: String, _ called: any NetworkAddress) -> Bool {
        if entry == "*" { return true }
        let (pattern, port) = splitPort(entry.lowercased())
        if let port, port != called.port { return false }
        switch called.host {
        case .name:
            let host = called.host.nameForMatching
            let suffix = pattern.hasPrefix("*.") ? String(pattern.dropFirst()) : pattern
            return suffix.hasPrefix(".")
                ? host.hasSuffix(suffix) : host == suffix || host.hasSuffix(".\(suffix)")
        case .ipv4(let address, _, _):
            return matches(pattern, bits: bits(of: address))
        case .ipv6(let address):
            return matches(pattern, bits: bits(of: address))
        }
    }

    private static func splitPort(_ entry: String) -> (String, Int?) {
        if entry.hasPrefix("["), let end = entry.firstIndex(of: "]") {
            let address = entry[..<end].dropFirst()
            let rest = entry[entry.index(after: end)...]
            return rest.hasPrefix(":")
                ? (String(address), Int(rest.dropFirst())) : (String(address + rest), nil)
        }
        let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let port = Int(parts[1]) else { return (entry, nil) }
        return (String(parts[0]), port)
    }

    /// Whether an address is the pattern's, or in its block.
    private static func matches(_ pattern: String, bits address: [Bool]) -> Bool {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        guard let text = parts.first, let host = try? URLHost(hostText(text)) else { return false }
        let network: [Bool]
        switch host {
        case .ipv4(let found, _, _): network = bits(of: found)
        case .ipv6(let found): network = bits(of: found)
        case .name: return false
        }
        let length = parts.count == 1 ? network.count : Int(parts[1...].joined(separator: "/"))
        guard let length, (0...network.count).contains(length), network.count == address.count
        else { return false }
        return network.prefix(length) == address.prefix(length)
    }

    private static func hostText(_ text: Substring) -> String {
        text.contains(":") ? "[\(text)]" : String(text)
    }

    private static func bits(of address: IPv4Address) -> [Bool] {
        (0..<32).map { address.bits >> (31 - $0) & 1 == 1 }
    }

    private static func bits(of address: IPv6Address) -> [Bool] {
        address.groups.flatMap { group in (0..<16).map { group >> (15 - $0) & 1 == 1 } }
    }
}
