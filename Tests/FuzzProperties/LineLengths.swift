internal import SourceText

/// The lines of a text and how many scalars each has, counted when somebody asks.
struct LineLengths {
    private let lines: [ArraySlice<UInt8>]
    private var known = [Int: Int]()

    init(_ bytes: [UInt8]) {
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        lines = (hasMark ? bytes.dropFirst(3) : bytes[...])
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    /// Whether a place is at a scalar of the text, or right behind the last one of its line.
    mutating func hold(_ position: Position) -> Bool {
        guard position.line >= 1, position.column >= 1, position.line <= lines.count else {
            return false
        }
        return position.column <= length(ofLine: position.line) + 1
    }

    private mutating func length(ofLine number: Int) -> Int {
        if let length = known[number] { return length }
        let length = String(decoding: lines[number - 1], as: UTF8.self).unicodeScalars.count
        known[number] = length
        return length
    }
}
