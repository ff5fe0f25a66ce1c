/// The rules for names of headers that a person may add to a probe.
package enum HeaderName {
    /// Whether a name is a token of RFC 9110, section 5.6.2, and no longer than any that is in use.
    package static func isToken(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy(isTokenByte)
    }

    /// Whether the request itself decides what the header says: how it is framed, where it goes,
    /// what its body is, and what marks it.
    package static func isReserved(_ name: String) -> Bool {
        let name = name.lowercased()
        return reserved.contains(name) || reservedPrefixes.contains(where: name.hasPrefix)
    }

    private static let reserved: Set = [
        "accept-encoding", "connection", "content-encoding", "content-length", "content-type",
        "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
        "user-agent",
    ]
    private static let reservedPrefixes = ["bankhook-", "proxy-", "x-bankhook-"]

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
