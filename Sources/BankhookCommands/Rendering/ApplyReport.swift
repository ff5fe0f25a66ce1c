internal import BankhookApply
internal import BankhookModel
internal import BankhookPlan
internal import JSONSyntax
internal import SourceText

/// What an apply has to tell when it has ended, or when a safety check refused it.
struct ApplyReport: Report {
    let plan: Plan
    let outcomes: [EnvironmentOutcome]
    /// What refused the run; empty where it went on.
    let refusals: [Refusal]
    let stateFiles: [String]
    /// What to say of state files that may go with their runner; nil where none changed.
    let runnerWarning: PlanWarning?
    /// What came of waiting for a delivery; nil where nobody asked for it.
    var watch: WatchReport?

    /// Everything has ended.
    init(
        _ plan: Plan, outcomes: [EnvironmentOutcome], runnerWarning: PlanWarning? = nil,
        file: (EnvironmentName) -> String?
    ) {
        self.plan = plan
        self.outcomes = outcomes
        refusals = []
        stateFiles = outcomes.filter(\.isRecordChanged).compactMap { file($0.name) }
        self.runnerWarning = stateFiles.isEmpty ? nil : runnerWarning
    }

    /// Nothing was sent.
    init(_ plan: Plan, refusedBy refusals: [Refusal]) {
        self.plan = plan
        outcomes = plan.changes.filter { $0.action != .orphaned }.map { change in
            change.action.sends
                ? EnvironmentOutcome.refused(change) : EnvironmentOutcome.unchanged(change)
        }
        self.refusals = refusals
        stateFiles = []
        runnerWarning = nil
    }

    var status: ExitStatus {
        guard refusals.isEmpty else { return .refused }
        let isComplete = outcomes.allSatisfy { $0.outcome == .applied || $0.outcome == .unchanged }
        let status = isComplete ? ExitStatus.done : .incomplete
        return status.and(watch?.status ?? .done)
    }

    /// The odd successes and what may be lost, as warnings of the run.
    private var warnings: [PlanWarning] {
        plan.warnings
            + outcomes.compactMap { outcome in
                outcome.warning.map { PlanWarning(.unexpectedBody, outcome.name, $0) }
            }
            + outcomes.compactMap { outcome in
                outcome.probeWarning.map { PlanWarning(.probeFailed, outcome.name, $0) }
            } + [runnerWarning].compactMap(\.self)
    }

    // MARK: Text

    /// What standard error says in every format: refusals with the `--allow` that lifts them, and
    /// the files that are lost with their runner unless they are committed.
    var message: String {
        guard refusals.isEmpty else {
            let lines = refusals.map { "error: \($0.message)\n" }.joined()
            var told = Set<String>()
            let remedies = refusals.map(\.remedy).filter { told.insert($0).inserted }
            return lines + remedies.map { "       \($0)\n" }.joined()
                + "       nothing was sent; to go on all the same: --allow \(allowNames)\n"
        }
        let probes = outcomes.compactMap { outcome in
            outcome.probeWarning.map { "warning: \(outcome.name): \($0)\n" }
        }
        return probes.joined() + changedFiles
    }

    private var changedFiles: String {
        guard !stateFiles.isEmpty else { return "" }
        return StateNotes.changed(stateFiles)
            + (runnerWarning.map { "warning: \($0.message)\n" } ?? "")
    }

    private var allowNames: String {
        Set(refusals.map(\.allow.rawValue)).sorted().joined(separator: ",")
    }

    func text(_ palette: Palette) -> String {
        guard refusals.isEmpty else { return "" }
        let problems = outcomes.filter { $0.problem != nil }.map { outcome in
            "  \(outcome.line(palette))\n"
                + (outcome.problem?.hint.map { "      \($0)\n" } ?? "")
        }
        return problems.joined() + summary(palette) + "\n"
    }

    /// How many environments ended in which way, each in words.
    private func summary(_ palette: Palette) -> String {
        let counts = Outcome.Word.allCases.compactMap { word -> String? in
            let count = outcomes.count { $0.outcome == word }
            guard count > 0 else { return nil }
            return palette.paint("\(count) \(word.shown)", word.tone)
        }
        return palette.paint("Apply:", .strong)
            + " \(counts.isEmpty ? "nothing to do" : counts.joined(separator: ", "))."
    }

    // MARK: JSON

    var json: String {
        let summary = Outcome.Word.allCases.map { word in
            JSONValue.Member(
                key: word.rawValue, value: .integer(outcomes.count { $0.outcome == word }))
        }
        return JSONOutput.text([
            "format_version": .integer(1), "outcomes": .array(outcomes.map(value)),
            "refusals": .array(refusals.map(PlanJSON.value)),
            "state_files": .array(stateFiles.map(JSONValue.string)),
            "summary": .object(summary), "warnings": .array(warnings.map(PlanJSON.value)),
            "watch": watch?.json ?? .null,
        ])
    }

    private func value(of outcome: EnvironmentOutcome) -> JSONValue {
        let milliseconds = outcome.duration / .milliseconds(1)
        return [
            "action": .string(outcome.action.rawValue), "attempts": .integer(outcome.attempts),
            "duration_ms": .integer(Int(milliseconds.rounded())),
            "environment": .string(outcome.name.text),
            "error": outcome.problem.map { problem in
                ["code": .string(problem.code), "message": .string(problem.message)]
            } ?? .null,
            "outcome": .string(outcome.outcome.rawValue), "status": .optional(outcome.status),
        ]
    }

    // MARK: Markdown

    var markdown: MarkdownDocument {
        guard refusals.isEmpty else {
            let rest = PlanReport(plan: plan)
            return MarkdownDocument(
                heading: "Apply: refused by a safety check; nothing was sent.",
                sections: PlanReport.remarks(plan, open: refusals) + rest.changes)
        }
        let changes = Dictionary(plan.changes.map { ($0.name, $0) }) { first, _ in first }
        func entries(_ chosen: [EnvironmentOutcome]) -> [String] {
            chosen.compactMap { outcome in
                changes[outcome.name].map { change in
                    ChangeMarkdown.entry(
                        change, outcome.outcome.shown, remarks: remarks(on: outcome))
                }
            }
        }
        return MarkdownDocument(
            heading: summary(.plain),
            sections: [
                .init(
                    title: "**Not applied**", noun: "outcome",
                    entries: entries(outcomes.filter { $0.problem != nil })),
                .init(
                    title: "**First delivery**", noun: "watch",
                    entries: watch.map { [$0.markdown] } ?? []),
                PlanReport.warnings(warnings),
                .init(
                    title: "**Applied**", noun: "outcome",
                    entries: entries(outcomes.filter { $0.outcome == .applied })),
                .init(
                    title: "**State files changed; commit them**", noun: "file",
                    entries: stateFiles.map(Markdown.code)),
            ])
    }

    private func remarks(on outcome: EnvironmentOutcome) -> [String] {
        guard let problem = outcome.problem else { return [] }
        let attempts = outcome.attempts > 1 ? " (\(outcome.attempts) attempts)" : ""
        return [Markdown.prose(problem.message) + attempts]
            + (problem.hint.map { [Markdown.prose($0)] } ?? [])
    }
}
