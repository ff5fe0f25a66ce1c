#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// What the C library makes of a host: the resolver that would be asked in the end.
enum HostRules {
    /// Which rule a host breaks that was accepted, or nil.
    static func violation(_ host: String) -> String? {
        guard host.utf8.first != UInt8(ascii: "[") else {
            return ipv6(host) == nil ? "has no address between its brackets" : nil
        }
        let labels = labels(of: host)
        guard labels.allSatisfy({ (1...63).contains($0.utf8.count) }),
            labels.joined(separator: ".").utf8.count <= 253
        else { return "has a malformed host" }
        return nil
    }

    /// Why nobody on the internet could reach a host, or nil.
    static func reasonNotPublic(_ host: String) -> String? {
        if let address = ipv6(host) { return isPublic(address) ? nil : "a special IPv6 address" }
        if let address = ipv4(host) { return isPublic(address) ? nil : "a special IPv4 address" }
        let labels = labels(of: host.lowercased())
        if labels.count == 1 { return "a single label" }
        return ["localhost", "local", "internal"].contains(labels.last) ? "a local name" : nil
    }

    /// Whether a host is on this machine, a name under `localhost` included.
    static func isLoopback(_ host: String) -> Bool {
        isThisMachine(host) || labels(of: host.lowercased()).last == "localhost"
    }

    /// Whether a host is this machine itself.
    static func isThisMachine(_ host: String) -> Bool {
        if let address = ipv6(host) {
            return address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
                || address.prefix(13) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127]
        }
        if let address = ipv4(host) { return address[0] == 127 }
        return labels(of: host.lowercased()) == ["localhost"]
    }

    private static func labels(of host: String) -> [String] {
        var bytes = Array(host.utf8)
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The four bytes of an address in any spelling that `inet_aton` or a browser takes.
    private static func ipv4(_ host: String) -> [UInt8]? {
        // A dot behind it is none of the address, and to browsers `0x` is 0.
        let parts = labels(of: host.lowercased()).map { $0 == "0x" ? "0" : $0 }
        var address = in_addr()
        guard unsafe inet_aton(parts.joined(separator: "."), &address) != 0 else { return nil }
        return unsafe withUnsafeBytes(of: address.s_addr) { unsafe Array($0) }
    }

    /// The sixteen bytes of an address in brackets.
    private static func ipv6(_ host: String) -> [UInt8]? {
        guard host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") else {
            return nil
        }
        var address = in6_addr()
        guard unsafe inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1 else {
            return nil
        }
        return unsafe withUnsafeBytes(of: address) { unsafe Array($0) }
    }

    /// By the IANA registry of special-purpose addresses.
    private static func isPublic(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 4 else { return isPublicIPv6(bytes) }
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224...255, _, _): return false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): return false
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _): return false
        case (198, 51, 100), (203, 0, 113): return false
        default: return true
        }
    }

    private static func isPublicIPv6(_ bytes: [UInt8]) -> Bool {
        guard (0x20...0x3F).contains(bytes[0]) else { return false }
        switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
        case (0x20, 0x01, 0x00...0x01, _), (0x20, 0x01, 0x0D, 0xB8), (0x20, 0x02, _, _):
            return false
        case (0x3F, 0xFF, 0x00...0x0F, _): return false
        default: return true
        }
    }
}
