/// An IPv4 address.
package struct IPv4Address: Hashable, Sendable {
    package let bits: UInt32

    package init(bits: UInt32) {
        self.bits = bits
    }

    /// Parses every spelling that `inet_aton` and so a resolver takes: one to four parts, decimal,
    /// octal (`0…`) or hexadecimal (`0x…`), the last one filling what is left.
    package init?(anySpelling parts: [String]) {
        let numbers = parts.map(IPv4Address.number)
        guard (1...4).contains(numbers.count), let last = numbers.last ?? nil else { return nil }
        var bits: UInt64 = 0
        for number in numbers.dropLast() {
            guard let number, number <= 255 else { return nil }
            bits = bits << 8 | number
        }
        let width = UInt64(8 * (5 - numbers.count))
        guard last < 1 << width else { return nil }
        self.bits = UInt32(truncatingIfNeeded: bits << width | last)
    }

    private static func number(_ text: String) -> UInt64? {
        // Swift's initializers take a sign as well.
        guard !text.utf8.contains(where: "+-".utf8.contains) else { return nil }
        if text.hasPrefix("0x") { return text == "0x" ? 0 : UInt64(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0"), text.count > 1 { return UInt64(text.dropFirst(), radix: 8) }
        return UInt64(text)
    }

    package var isLoopback: Bool { bits >> 24 == 127 }

    /// Whether it is none of the special-purpose blocks of the IANA registry (RFC 6890).
    package var isPublic: Bool {
        let blocks: [(UInt32, Int)] = [
            (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8),
            (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24),
            (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24),
            (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
        ]
        return !blocks.contains { start, length in bits >> (32 - length) == start >> (32 - length) }
    }
}

extension IPv4Address: CustomStringConvertible {
    package var description: String {
        [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
    }
}
