/// Everything that was found wrong in one run, and what must not be shown of the files.
package struct DiagnosticReport: Sendable {
    package var diagnostics: [Diagnostic]
    /// Stretches that may hold a secret, by the path of their file.
    package var redactions: [String: [SourceRange]]
    /// Errors that were counted only, because keeping thousands of them would serve nobody.
    package var uncollectedErrors: Int

    package init(
        _ diagnostics: [Diagnostic] = [], redactions: [String: [SourceRange]] = [:],
        uncollectedErrors: Int = 0
    ) {
        self.diagnostics = diagnostics
        self.redactions = redactions
        self.uncollectedErrors = uncollectedErrors
    }

    /// Two reports as one: a run may read more than one file.
    package func adding(_ other: DiagnosticReport) -> DiagnosticReport {
        DiagnosticReport(
            diagnostics + other.diagnostics,
            // One path may be given twice: what one reading hides, the other must hide too.
            redactions: redactions.merging(other.redactions) { $0 + $1 },
            uncollectedErrors: uncollectedErrors + other.uncollectedErrors)
    }

    /// How many errors were found, shown or not.
    package var errors: Int {
        diagnostics.count { $0.severity == .error } + uncollectedErrors
    }
    /// How many warnings were found, shown or not.
    package var warnings: Int { diagnostics.count { $0.severity == .warning } }

    /// How many diagnostics are shown one by one; the rest is counted.
    package static let shown = 1_000

    /// The diagnostics in the order of a reader going through the files.
    package var sorted: [Diagnostic] {
        diagnostics.sorted {
            ($0.file.path, $0.range.start, $0.code, $0.message)
                < ($1.file.path, $1.range.start, $1.code, $1.message)
        }
    }

    /// The report as a compiler prints it: each diagnostic with its excerpt, then the count.
    package var text: String { text(.plain) }

    /// The same with the severities and the marks under the lines in colour, and with excerpts that
    /// fit on a screen where its `columns` are known.
    package func text(_ palette: Palette, columns: Int? = nil) -> String {
        let shown = sorted.prefix(DiagnosticReport.shown)
        let hidden = redactionsByLine(for: shown)
        var lines = shown.map { block($0, hidden, palette, columns) }
        let more = errors + warnings - lines.count
        if more > 0 { lines.append("… and \(more) more") }
        lines.append(palette.paint(count, .strong))
        return lines.joined(separator: "\n")
    }

    private var count: String {
        let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
        return parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    /// The redactions of the lines that are shown, by file and line: a hostile file has a hundred
    /// thousand of them, and a thousand mistakes.
    private func redactionsByLine(for shown: some Sequence<Diagnostic>)
        -> [String: [Int: [SourceRange]]]
    {
        var hidden = [String: [Int: [SourceRange]]]()
        for diagnostic in shown {
            hidden[diagnostic.file.path, default: [:]][diagnostic.range.start.line] = []
            for note in diagnostic.notes {
                hidden[note.file.path, default: [:]][note.range.start.line] = []
            }
        }
        for path in hidden.keys {
            for range in redactions[path] ?? [] {
                for line in range.start.line...range.end.line {
                    hidden[path]?[line]?.append(range)
                }
            }
        }
        return hidden
    }

    private func block(
        _ diagnostic: Diagnostic, _ hidden: [String: [Int: [SourceRange]]], _ palette: Palette,
        _ columns: Int?
    ) -> String {
        let tone = diagnostic.severity == .error ? Palette.Tone.error : .warning
        var lines = [
            DiagnosticReport.heading(
                "\(diagnostic.severity.rawValue):", tone, diagnostic.sentence, .strong,
                in: diagnostic.file, at: diagnostic.range, palette, columns)
        ]
        if diagnostic.excerpt == .shown {
            lines += excerpt(of: diagnostic.file, at: diagnostic.range, hidden, palette, columns)
        }
        for note in diagnostic.notes {
            lines.append(
                DiagnosticReport.heading(
                    "note:", nil, note.message, nil, in: note.file, at: note.range, palette,
                    columns))
            if diagnostic.excerpt == .shown {
                lines += excerpt(of: note.file, at: note.range, hidden, palette, columns)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Place, severity and message: on one line, unless the screen is narrower than that.
    private static func heading(
        _ word: String, _ wordTone: Palette.Tone?, _ message: String, _ tone: Palette.Tone?,
        in file: SourceFile, at range: SourceRange, _ palette: Palette, _ columns: Int?
    ) -> String {
        let place = "\(PrintableText(file.path)):\(range.start.line):\(range.start.column):"
        let start = "\(place) \(word) ".columns
        let message = PrintableText(message).description
        let lines =
            columns.map { message.wrapped(after: start, then: indent.count, columns: $0) }
            ?? [message]
        return "\(place) \(palette.paint(word, wordTone)) "
            + lines.map { palette.paint($0, tone) }.joined(separator: "\n\(indent)")
    }

    /// Before the second line of a message: farther in than any excerpt's bar.
    private static let indent = String(repeating: " ", count: 8)

    private func excerpt(
        of file: SourceFile, at range: SourceRange, _ hidden: [String: [Int: [SourceRange]]],
        _ palette: Palette, _ columns: Int?
    ) -> [String] {
        let redactions = hidden[file.path]?[range.start.line] ?? []
        return Excerpt(of: file, at: range, redacting: redactions, columns: columns)
            .map { [$0.text(palette)] } ?? []
    }
}
