/// The mark with which some editors begin a text.
enum ByteOrderMark {
    /// The bytes that a UTF-8 mark takes at the start of a text: 3 or 0.
    static func length(in bytes: [UInt8]) -> Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Whether a text begins as UTF-16 or UTF-32 does: with a mark, or with half an ASCII character.
    static func isWide(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2 else { return false }
        return switch (bytes[0], bytes[1]) {
        case (0xFF, 0xFE), (0xFE, 0xFF): true
        case (0, 1...), (1..., 0): true
        case (0, 0): bytes.starts(with: [0, 0, 0xFE, 0xFF])
        default: false
        }
    }
}
