/// One Unicode scalar of a text in UTF-8, and how many bytes it takes.
struct UTF8Scalar {
    let scalar: Unicode.Scalar
    let length: Int

    /// Decodes the scalar at an offset, or returns nil where the bytes are no UTF-8: a stray or
    /// missing continuation, an overlong form, a surrogate, or more than U+10FFFF.
    init?(in bytes: [UInt8], at offset: Int) {
        let first = bytes[offset]
        let (length, leadBits, smallest): (Int, UInt32, UInt32) =
            switch first {
            case 0x00...0x7F: (1, UInt32(first), 0)
            case 0xC2...0xDF: (2, UInt32(first & 0x1F), 0x80)
            case 0xE0...0xEF: (3, UInt32(first & 0x0F), 0x800)
            case 0xF0...0xF4: (4, UInt32(first & 0x07), 0x1_0000)
            default: (0, 0, 0)
            }
        guard length > 0, offset + length <= bytes.count else { return nil }
        var value = leadBits
        for next in bytes[(offset + 1)..<(offset + length)] {
            guard next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
        self.scalar = scalar
        self.length = length
    }
}
