/// A stretch of a text; `end` is the position after its last scalar.
package struct SourceRange: Hashable, Sendable {
    package let start: Position
    package let end: Position

    package init(start: Position, end: Position) {
        self.start = start
        self.end = max(start, end)
    }

    /// A range that marks one scalar.
    package init(at position: Position) {
        self.init(
            start: position,
            end: Position(line: position.line, column: position.column + 1))
    }
}
