/// The first and the last eight bytes of each word of some texts, to find them in another text in
/// one pass.
///
/// Words of the messages are not among them: a piece has a digit and a letter.
struct Pieces {
    private var pieces: Set<UInt64>

    init(of texts: some Sequence<String>) {
        pieces = []
        for text in texts {
            for word in text.utf8.split(whereSeparator: { !(0x21...0x7E).contains($0) }) {
                for piece in [word.prefix(8), word.suffix(8)] where Pieces.tells(piece) {
                    pieces.insert(piece.reduce(0) { $0 << 8 | UInt64($1) })
                }
            }
        }
    }

    private static func tells(_ piece: Substring.UTF8View) -> Bool {
        piece.count == 8 && piece.contains { (0x30...0x39).contains($0) }
            && piece.contains { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }

    /// Those that stand in a text exactly once.
    func occurringOnce(in bytes: [UInt8]) -> Pieces {
        guard !pieces.isEmpty else { return self }
        var counts = [UInt64: Int]()
        Pieces.scan(bytes) { window in
            if pieces.contains(window) { counts[window, default: 0] += 1 }
        }
        var once = self
        once.pieces = pieces.filter { counts[$0] == 1 }
        return once
    }

    /// The first of them that stands in a text.
    func first(in text: String) -> String? {
        guard !pieces.isEmpty else { return nil }
        var found: UInt64?
        Pieces.scan(Array(text.utf8)) { window in
            if found == nil, pieces.contains(window) { found = window }
        }
        return found.map { window in
            let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: window >> (8 * $0)) }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func scan(_ bytes: [UInt8], _ visit: (UInt64) -> Void) {
        var window: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            window = window << 8 | UInt64(byte)
            if index >= 7 { visit(window) }
        }
    }
}
