import SourceText

/// Walks through the scalars of a text that is known to be UTF-8, in step with libyaml's events.
///
/// libyaml tells where things stand but not what stands between them; this looks.
struct TextCursor {
    private let bytes: [UInt8]
    private(set) var offset: Int
    private(set) var position = Position.start

    /// Starts behind the byte order mark, if there is one.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = ByteOrderMark.length(in: bytes)
    }

    /// The byte ahead, or nil at the end.
    var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// Moves over one scalar and returns it, or nil at the end.
    mutating func next() -> Unicode.Scalar? {
        guard offset < bytes.count, let found = UTF8Scalar(in: bytes, at: offset) else {
            return nil
        }
        offset += found.length
        position =
            found.scalar == "\n"
            ? Position(line: position.line + 1, column: 1)
            : Position(line: position.line, column: position.column + 1)
        return found.scalar
    }

    /// Moves to a position, or not at all if it lies behind, and shows each scalar on the way.
    mutating func advance(
        to end: Position, _ visit: (Unicode.Scalar, Position) -> Void = { _, _ in }
    ) {
        while position < end {
            let here = position
            guard let scalar = next() else { return }
            visit(scalar, here)
        }
    }
}
