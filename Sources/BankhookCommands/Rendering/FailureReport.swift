internal import SourceText

/// A run that ended before there was a plan, or before anything of it was done.
struct FailureReport: Report {
    let failure: CommandFailure

    /// Standard error has said it.
    func text(_ palette: Palette) -> String { "" }

    var json: String { JSONOutput.text(FailureRendering.json(failure)) }

    var markdown: MarkdownDocument {
        MarkdownDocument(
            heading: "The run ended with an error.",
            sections: [
                .init(
                    title: "**Errors**", noun: "error", entries: entries, uncollected: uncollected)
            ])
    }

    private var uncollected: Int {
        guard case .report(let report) = failure else { return 0 }
        return report.uncollectedErrors
    }

    private var entries: [String] {
        switch failure {
        case .report(let report):
            report.sorted.map { diagnostic in
                let start = diagnostic.range.start
                let place = "\(PrintableText(diagnostic.file.path)):\(start.line):\(start.column)"
                return "**\(diagnostic.severity.rawValue)** \(Markdown.code(place)) "
                    + Markdown.prose(diagnostic.sentence)
            }
        case .problems(let problems, _):
            problems.map { problem in
                "**error** \(Markdown.prose(problem.message))"
                    + (problem.hint.map { "\n  - \(Markdown.prose($0))" } ?? "")
            }
        }
    }
}
