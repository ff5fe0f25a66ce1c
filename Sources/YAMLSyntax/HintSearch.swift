import SourceText

/// Looks for the known mistakes around the place where libyaml stopped.
///
/// libyaml marks the token that it could not use, which may be a line below the mistake, and names
/// where the construct began in which that token stands.
struct HintSearch {
    /// How far above the error a line is looked for: nobody leaves more lines blank.
    private static let reach = 1_000

    private let file: SourceFile
    private let error: SyntaxError
    private let place: Position
    /// The line of the error; nil where it is too long to have been written by hand.
    private let line: HintLine?

    init(_ error: SyntaxError, in file: SourceFile) {
        self.file = file
        self.error = error
        place = error.range.start
        line = HintSearch.line(place.line, of: file)
    }

    /// A conflict's mark in the line of the error, where it began, or right above.
    func conflict() -> SyntaxHint? {
        let above = lineAbove(place.line)
        let context = error.context.flatMap { line($0.line) }
        let marked = [context, above, line].compactMap(\.self)
            .sorted { $0.number < $1.number }
            .first(where: isConflict)
        return marked.map { SyntaxHint(SyntaxHint.conflict, line: $0.number, column: 1) }
    }

    /// A tab before the content of the line.
    func tab() -> SyntaxHint? {
        guard let line else { return nil }
        let indentation = line.scalars.prefix(line.contentColumn - 1)
        // Where a line goes on with the value above, libyaml stops at its colon.
        let column =
            isMappingValue && line.columnOfFirstColon == place.column
            ? indentation.firstIndex(of: "\t").map { $0 + 1 } : place.column
        guard let column, column < line.contentColumn, line[column] == "\t" else { return nil }
        return SyntaxHint(SyntaxHint.tab, line: line.number, column: column)
    }

    /// A `*` that begins no alias.
    func asterisk() -> SyntaxHint? {
        guard error.message.hasSuffix("while scanning an alias"), let start = error.context,
            let line = line(start.line), line[start.column] == "*"
        else { return nil }
        let before = line.scalars.prefix(start.column - 1).filter { $0 != " " && $0 != "[" }
        guard !before.suffix(3).elementsEqual("<<:".unicodeScalars) else { return nil }
        return SyntaxHint(SyntaxHint.asterisk, line: start.line, column: start.column)
    }

    /// A `{name}` in a value: with more text right behind it, or right before it in brackets.
    func brace() -> SyntaxHint? {
        guard let line, let here = line[place.column] else { return nil }
        var open = place.column
        if line[open - 1] == "}" {
            guard !" \t,]}#:".unicodeScalars.contains(here) else { return nil }
            open -= 1
            while open > 1, line[open] != "{" { open -= 1 }
            guard line.endOfPlaceholder(at: open) == place.column - 1 else { return nil }
        } else {
            guard line.endOfPlaceholder(at: open) != nil, line.startOfWord(upTo: open) < open else {
                return nil
            }
        }
        let start = line.startOfWord(upTo: open)
        let word = line.scalars[(start - 1)..<(open - 1)]
        guard !word.contains(where: { $0 == "'" || $0 == "\"" }) else { return nil }
        return SyntaxHint(SyntaxHint.brace, line: line.number, column: start)
    }

    /// A key whose value follows the colon at once, so that both are one word.
    func colon() -> SyntaxHint? {
        if isMissingColon {
            guard let start = error.context, let line = line(start.line),
                line.contentColumn == start.column
            else { return nil }
            return colon(in: line)
        }
        if let line, isMappingValue || error.message.contains("did not find expected key"),
            let column = line.columnOfTightBrace, column < place.column
        {
            return SyntaxHint(SyntaxHint.colon, line: line.number, column: column)
        }
        guard isMappingValue || error.message.hasSuffix("the document has ended before this"),
            let line, let above = lineAbove(line.number),
            above.contentColumn == line.contentColumn
        else { return nil }
        // All of them are one word to libyaml; the first is the one to begin with.
        var first = above
        while let next = lineAbove(first.number), next.columnBehindTightColon != nil,
            next.contentColumn == line.contentColumn
        {
            first = next
        }
        return colon(in: above.columnBehindTightColon == nil ? above : first)
    }

    private func colon(in line: HintLine) -> SyntaxHint? {
        line.columnBehindTightColon.map {
            SyntaxHint(SyntaxHint.colon, line: line.number, column: $0)
        }
    }

    private var isMissingColon: Bool {
        error.message.hasPrefix("not valid YAML: could not find expected ':'")
    }

    private var isMappingValue: Bool {
        error.message.hasPrefix("not valid YAML: mapping values are not allowed")
    }

    /// `=======` may underline a title in a string, so that a conflict has to begin above it, or a
    /// key at its place.
    private func isConflict(_ line: HintLine) -> Bool {
        switch line.conflictMark {
        case nil: return false
        case "<", ">": return true
        default:
            if isMissingColon, error.context == Position(line: line.number, column: 1) {
                return true
            }
            let above = max(1, line.number - HintSearch.reach)..<line.number
            return above.contains { self.line($0)?.conflictMark == "<" }
        }
    }

    /// The nearest line above that says something.
    private func lineAbove(_ number: Int) -> HintLine? {
        let above = max(1, number - HintSearch.reach)..<max(1, number)
        for number in above.reversed() {
            guard let line = line(number) else { return nil }
            if !line.isIdle { return line }
        }
        return nil
    }

    private func line(_ number: Int) -> HintLine? { HintSearch.line(number, of: file) }

    private static func line(_ number: Int, of file: SourceFile) -> HintLine? {
        file.line(number).map { HintLine($0, number: number) }
    }
}

extension HintLine {
    /// The column of the first colon with a blank or nothing behind it.
    fileprivate var columnOfFirstColon: Int? {
        (1...max(1, scalars.count)).first {
            self[$0] == ":" && (self[$0 + 1].map { $0 == " " || $0 == "\t" } ?? true)
        }
    }
}
