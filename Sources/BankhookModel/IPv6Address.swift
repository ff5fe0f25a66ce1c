/// An IPv6 address.
package struct IPv6Address: Hashable, Sendable {
    /// Eight groups of sixteen bits.
    package let groups: [UInt16]

    /// Parses RFC 4291's text forms, `::` and a dotted IPv4 tail included; no zone.
    package init?(_ text: String) {
        let halves = text.components(around: "::")
        guard halves.count <= 2 else { return nil }
        guard let head = IPv6Address.groups(halves[0], mayEndInIPv4: halves.count == 1) else {
            return nil
        }
        guard halves.count == 2 else {
            guard head.count == 8 else { return nil }
            groups = head
            return
        }
        guard let tail = IPv6Address.groups(halves[1], mayEndInIPv4: true),
            head.count + tail.count <= 7
        else { return nil }
        groups = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring, mayEndInIPv4: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups = [UInt16]()
        for (index, part) in parts.enumerated() {
            if part.contains("."), mayEndInIPv4, index == parts.count - 1 {
                let numbers = part.split(separator: ".", omittingEmptySubsequences: false)
                guard numbers.count == 4,
                    let address = IPv4Address(anySpelling: numbers.map(String.init)),
                    address.description == part
                else { return nil }
                groups += [
                    UInt16(truncatingIfNeeded: address.bits >> 16),
                    UInt16(truncatingIfNeeded: address.bits),
                ]
            } else {
                guard (1...4).contains(part.utf8.count),
                    part.utf8.allSatisfy({ $0.hexDigitValue != nil }),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    /// The IPv4 address of `::ffff:a.b.c.d`.
    private var mappedIPv4: IPv4Address? {
        guard groups[0..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF else { return nil }
        return IPv4Address(bits: UInt32(groups[6]) << 16 | UInt32(groups[7]))
    }

    package var isLoopback: Bool {
        groups == [0, 0, 0, 0, 0, 0, 0, 1] || mappedIPv4?.isLoopback == true
    }

    /// Whether it is ordinary global unicast: 2000::/3 without the special blocks in it (2001::/23
    /// with Teredo, documentation, 6to4). Everything that embeds an IPv4 address is outside.
    package var isPublic: Bool {
        guard groups[0] >> 13 == 1 else { return false }
        switch groups[0] {
        case 0x2001: return groups[1] >= 0x0200 && groups[1] != 0x0DB8
        case 0x2002: return false
        case 0x3FFF: return groups[1] >= 0x1000
        default: return true
        }
    }
}

extension IPv6Address: CustomStringConvertible {
    /// RFC 5952's form: lower case, the longest run of zeros as `::`.
    package var description: String {
        var best = 0..<0
        var start = 0
        while start < 8 {
            let end = groups[start...].firstIndex { $0 != 0 } ?? 8
            if end - start > max(1, best.count) { best = start..<end }
            start = max(end, start + 1)
        }
        let words = groups.map { String($0, radix: 16) }
        guard !best.isEmpty else { return words.joined(separator: ":") }
        return words[..<best.lowerBound].joined(separator: ":") + "::"
            + words[best.upperBound...].joined(separator: ":")
    }
}

extension String {
    /// The pieces around each occurrence of a separator.
    fileprivate func components(around separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
