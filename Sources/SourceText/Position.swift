/// A place in a text, as compilers and editors count it.
///
/// Lines and columns start at 1; a column counts Unicode scalars (specification, section 2). Kept in
/// 32 bits each, because a tree of nodes is mostly positions and no text that is read has more.
package struct Position: Hashable, Sendable {
    private let storedLine: UInt32
    private let storedColumn: UInt32

    package init(line: Int, column: Int) {
        storedLine = UInt32(clamping: line)
        storedColumn = UInt32(clamping: column)
    }

    package var line: Int { Int(storedLine) }
    package var column: Int { Int(storedColumn) }

    /// Where a mistake of the whole file is reported.
    package static let start = Position(line: 1, column: 1)
}

extension Position: Comparable {
    package static func < (left: Position, right: Position) -> Bool {
        (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
    }
}
