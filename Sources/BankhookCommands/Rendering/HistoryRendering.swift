internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan
internal import SourceText

/// The history of the records as a person reads it: commit by commit, newest first.
struct HistoryRendering {
    private let report: HistoryReport
    private let now: Timestamp
    private let palette: Palette

    init(_ report: HistoryReport, now: Timestamp, palette: Palette = .plain) {
        self.report = report
        self.now = now
        self.palette = palette
    }

    /// The whole text, with a final newline.
    var text: String {
        blocks.map { block($0) + "\n" }.joined() + problem + palette.paint(count, .strong) + "\n"
    }

    /// The events of one commit stand together.
    private var blocks: [[RecordEvent]] {
        var blocks = [[RecordEvent]]()
        for event in report.timeline.events {
            if let last = blocks.last?.first, last.commit?.id == event.commit?.id {
                blocks[blocks.count - 1].append(event)
            } else {
                blocks.append([event])
            }
        }
        return blocks
    }

    // MARK: Commits

    private func block(_ events: [RecordEvent]) -> String {
        let heading = events.first?.commit.map(heading) ?? palette.paint("not committed", .warning)
        return ([heading] + origins(of: events) + events.flatMap(lines))
            .joined(separator: "\n") + "\n"
    }

    private func heading(_ commit: RecordCommit) -> String {
        let age = Age.text(seconds: now.seconds(since: commit.committedAt))
        let author = "\(commit.authorName) <\(commit.authorEmail)>"
        return palette.paint("commit \(commit.id)", .changed)
            + "\n  \(commit.committedAt) (\(age)) by \(author)"
            + (commit.subject.isEmpty ? "" : "\n  \(commit.subject)")
    }

    /// The runs and revisions that the events of a commit name, each once.
    private func origins(of events: [RecordEvent]) -> [String] {
        var lines = [String]()
        for event in events {
            let words = [
                event.run.map { "run \($0)" }, event.revision.map { "revision \($0)" },
            ].compactMap(\.self)
            let line = "  " + words.joined(separator: ", ")
            if !words.isEmpty, !lines.contains(line) { lines.append(line) }
        }
        return lines.count > 3
            ? lines.prefix(3) + ["  and \(lines.count - 3) more runs or revisions"] : lines
    }

    // MARK: Events

    private func lines(_ event: RecordEvent) -> [String] {
        let words = [event.headline, event.serials].compactMap(\.self).joined(separator: ", ")
        let heading =
            "  \(palette.paint(event.symbol, event.tone)) "
            + "\(palette.paint(event.environment.text, .strong)): \(words)"
        return [heading]
            + (FieldChange.of(event).flatMap(lines) + event.remarks).map { "      \($0)" }
    }

    private func lines(_ change: FieldChange) -> [String] {
        let name = change.name.padding(to: 12)
        guard let before = change.before, let after = change.after else {
            return ["\(name)  \(change.after ?? change.before ?? "")"]
        }
        let oneLine = "\(name)  \(before) → \(after)"
        guard oneLine.columns > PlanRendering.room else { return [oneLine] }
        return ["\(name)  \(before)", "\("".padding(to: 10))  → \(after)"]
    }

    // MARK: What could not be seen, and counts

    private var problem: String {
        if let problem = report.problem {
            return "error: \(problem.message)\n" + (problem.hint.map { "       \($0)\n" } ?? "")
        }
        guard let gap = report.gap else { return "" }
        switch gap.status {
        case .incomplete: return "warning: \(gap.message); \(gap.hint)\n"
        case .none: return "note: \(gap.message)\n"
        }
    }

    private var count: String {
        let events = report.timeline.events
        let counts = [
            HistoryRendering.count(events.count, "event"),
            HistoryRendering.count(report.commitCount, "commit"),
            HistoryRendering.count(report.environmentCount, "environment"),
        ]
        let doubt = report.gap == nil ? "" : " (history incomplete)"
        return counts.joined(separator: ", ") + doubt + "."
    }

    /// A number and its noun.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
