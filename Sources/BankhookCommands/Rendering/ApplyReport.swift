internal import BankhookApply
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import JSONSyntax
internal import SourceText

/// What an apply says while it runs and when it has ended.
struct ApplyReport: Sendable {
    let plan: Plan
    let store: DirectoryStore
    let format: OutputFormat
    let console: Console

    /// One environment has ended; its record is durable by now.
    func progress(_ outcome: EnvironmentOutcome) {
        // Why it did not succeed stands in the report, once.
        let word = outcome.outcome.rawValue.replacing("_", with: " ")
        console.progress(
            outcome.problem == nil ? "\(line(outcome))\n" : "\(outcome.name): \(word)\n")
    }

    /// A safety check refused the run: every `--allow` that is needed, and nothing sent.
    func writeRefused(_ refusals: [Refusal]) -> ExitStatus {
        let names = Set(refusals.map(\.allow.rawValue)).sorted().joined(separator: ",")
        let lines = refusals.map { "error: \($0.message)\n" }.joined()
        console.message(lines + "       nothing was sent; to go on: --allow \(names)\n")
        let outcomes = plan.changes.filter { $0.action != .orphaned }.map { change in
            change.action.sends
                ? EnvironmentOutcome.refused(change) : EnvironmentOutcome.unchanged(change)
        }
        switch format {
        case .text: break
        case .json: writeJSON(outcomes, refusals: refusals)
        }
        return .refused
    }

    /// Everything has ended.
    func write(_ outcomes: [EnvironmentOutcome]) -> ExitStatus {
        writeStateFiles(of: outcomes)
        switch format {
        case .text: console.output(text(outcomes))
        case .json: writeJSON(outcomes, refusals: [])
        }
        let isComplete = outcomes.allSatisfy { $0.outcome == .applied || $0.outcome == .unchanged }
        return isComplete ? .done : .incomplete
    }

    // MARK: Text

    private func text(_ outcomes: [EnvironmentOutcome]) -> String {
        let problems = outcomes.filter { $0.problem != nil }.map { outcome in
            "  \(line(outcome))\n" + (outcome.problem?.hint.map { "      \($0)\n" } ?? "")
        }
        let counts = Outcome.Word.allCases.compactMap { word -> String? in
            let count = outcomes.count { $0.outcome == word }
            guard count > 0 else { return nil }
            return "\(count) \(word.rawValue.replacing("_", with: " "))"
        }
        let summary = counts.isEmpty ? "nothing to do" : counts.joined(separator: ", ")
        return problems.joined() + "Apply: \(summary).\n"
    }

    private func line(_ outcome: EnvironmentOutcome) -> String {
        let word = outcome.outcome.rawValue.replacing("_", with: " ")
        if let problem = outcome.problem {
            let tries = outcome.attempts > 1 ? " (\(outcome.attempts) attempts)" : ""
            return "\(outcome.name): \(word): \(problem.message)\(tries)"
        }
        let warning = outcome.warning.map { "; warning: \($0)" } ?? ""
        return "\(outcome.name): \(word)\(warning)"
    }

    /// State that is not committed is lost with its runner: the files are named, also after a
    /// failure.
    private func writeStateFiles(of outcomes: [EnvironmentOutcome]) {
        let files = stateFiles(of: outcomes)
        guard !files.isEmpty else { return }
        console.message(
            "state files changed; commit them:\n"
                + files.map { "  \(PrintableText($0))\n" }.joined())
    }

    private func stateFiles(of outcomes: [EnvironmentOutcome]) -> [String] {
        outcomes.filter(\.isRecordChanged).map { store.file(of: $0.name) }
    }

    // MARK: JSON

    private func writeJSON(_ outcomes: [EnvironmentOutcome], refusals: [Refusal]) {
        let summary = Outcome.Word.allCases.map { word in
            JSONValue.Member(
                key: word.rawValue, value: .integer(outcomes.count { $0.outcome == word }))
        }
        let odd = outcomes.compactMap { outcome in
            outcome.warning.map { PlanWarning(.unexpectedBody, outcome.name, $0) }
        }
        console.output(
            JSONOutput.text([
                "format_version": .integer(1), "outcomes": .array(outcomes.map(value)),
                "refusals": .array(refusals.map(PlanJSON.value)),
                "state_files": .array(stateFiles(of: outcomes).map(JSONValue.string)),
                "summary": .object(summary),
                "warnings": .array((plan.warnings + odd).map(PlanJSON.value)),
            ]))
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
}
