/// The line that a diagnostic points at, with a marker below it.
///
/// ```
///    14 |     webhook_mode: manual
///       |                   ^~~~~~
/// ```
package struct Excerpt: Sendable {
    /// The line of the file and the beginning of the one below it, up to the marker.
    private let line: String
    private let marker: String

    /// Both lines, without a final line break.
    package var text: String { text(.plain) }

    /// The same with the marker in colour.
    package func text(_ palette: Palette) -> String {
        line + palette.paint(marker, .added)
    }

    /// What stands in for a value that may be a secret.
    package static let redacted = "<redacted>"
    /// How many scalars of a long line are shown, unless there is less room.
    package static let window = 120
    /// The room that line number, bar and the signs of a cut take.
    private static let frame = 10
    /// Less would show nothing of use.
    private static let narrowest = 20

    /// Cuts the line at `range.start` out of a file.
    ///
    /// Scalars inside `redactions` are replaced by `<redacted>`, a stretch at a time, whether or not
    /// the mistake is there. Returns nil when the file has no such line, or one so long
    /// (`SourceFile.longestShownLine`) that a thousand excerpts of it would take seconds. Where
    /// `columns` is known, neither line is broken by the edge of the screen, unless the mark itself is
    /// that long.
    package init?(
        of file: SourceFile, at range: SourceRange, redacting redactions: [SourceRange] = [],
        columns: Int? = nil
    ) {
        let window =
            columns.map { min(Excerpt.window, max(Excerpt.narrowest, $0 - Excerpt.frame)) }
            ?? Excerpt.window
        let number = range.start.line
        guard let content = file.line(number) else { return nil }
        let column = range.start.column - 1
        // Only what is shown is taken apart.
        let isWhole = content.unicodeScalars.prefix(window + 1).count <= window
        let from = isWhole ? 0 : max(0, column - window / 2)
        let shown = content.unicodeScalars.dropFirst(from).prefix(window)
        var cells = PrintableText.cells(of: shown)
        let stretches = redactions.compactMap {
            Excerpt.cut($0, toLine: number, from: from, count: cells.count)
        }
        Excerpt.redact(stretches, in: &cells)

        var first = min(column - from, cells.count)
        // Inside a redacted stretch the whole stretch is marked: a column in it says nothing.
        if let stretch = stretches.first(where: { $0.contains(first) }) {
            first = stretch.lowerBound
        }
        let end = range.end.line == number ? range.end.column - 1 - from : cells.count
        let last = max(first, min(max(first + 1, end), cells.count))

        let before = (from > 0 ? "…" : "") + cells[..<first].joined()
        let marked = cells[first..<last].joined()
        let after =
            cells[last...].joined() + (shown.endIndex < content.unicodeScalars.endIndex ? "…" : "")
        let label = String(number)
        let gutter = String(repeating: " ", count: max(0, 5 - label.count)) + label
        let blank = String(repeating: " ", count: gutter.count)
        marker = "^" + String(repeating: "~", count: max(0, marked.columns - 1))
        let indent = String(repeating: " ", count: before.columns)
        line = "\(gutter) | \(before)\(marked)\(after)\n\(blank) | \(indent)"
    }

    /// The part of a range that lies in the shown window of a line, as indices of its cells.
    private static func cut(
        _ range: SourceRange, toLine number: Int, from: Int, count: Int
    ) -> Range<Int>? {
        guard range.start.line <= number, range.end.line >= number else { return nil }
        let lower = range.start.line == number ? max(0, range.start.column - 1 - from) : 0
        let upper = range.end.line == number ? min(count, range.end.column - 1 - from) : count
        return lower < upper ? lower..<upper : nil
    }

    /// Puts `<redacted>` in the first cell of each stretch after its indentation, nothing in the
    /// others.
    private static func redact(_ stretches: [Range<Int>], in cells: inout [String]) {
        for stretch in stretches {
            let lower = cells[stretch].firstIndex { $0 != " " && !$0.isEmpty }
            guard let lower else { continue }
            cells[lower] = redacted
            for column in stretch where column > lower { cells[column] = "" }
        }
    }
}
