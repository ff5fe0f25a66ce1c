internal import BankhookModel
internal import BankhookPlan
internal import SourceText

/// What `plan` has to tell.
struct PlanReport: Report {
    let plan: Plan
    var showsUnchanged = false
    /// Whether the text says what apply will refuse.
    var listsRefusals = true

    func text(_ palette: Palette) -> String {
        PlanRendering(
            plan, showsUnchanged: showsUnchanged, listsRefusals: listsRefusals, palette: palette
        ).text
    }

    var json: String { PlanJSON.text(plan) }

    var markdown: MarkdownDocument {
        let summary = PlanRendering(plan).summary
        return MarkdownDocument(
            heading: Markdown.prose(summary),
            sections: PlanReport.remarks(plan, open: plan.refusals) + changes)
    }

    /// What a reviewer must see first: refusals, then warnings that are no refusals too.
    static func remarks(_ plan: Plan, open: [Refusal]) -> [MarkdownDocument.Section] {
        let names = Set(open.map(\.allow.rawValue)).sorted().joined(separator: ",")
        let refused = Dictionary(grouping: open, by: \.allow).mapValues {
            Set($0.map(\.environment))
        }
        let refusing: [PlanWarning.Code: Refusal.Allow] = [
            .modeDowngrade: .modeDowngrade, .stateBehind: .stateBehind,
        ]
        let warnings = plan.warnings.filter { warning in
            refusing[warning.code].flatMap { refused[$0] }?.contains(warning.environment) != true
        }
        let allow = Markdown.code("--allow \(names)")
        let title =
            plan.sends
            ? "**Apply will need** \(allow)"
            : "**Apply will refuse until that is mended**; \(allow) would send again"
        return [
            MarkdownDocument.Section(
                title: title, noun: "refusal",
                entries: open.map { Markdown.prose($0.message) }),
            PlanReport.warnings(warnings),
        ]
    }

    /// Warnings, each with its environment.
    static func warnings(_ warnings: [PlanWarning]) -> MarkdownDocument.Section {
        MarkdownDocument.Section(
            title: "**Warnings**", noun: "warning",
            entries: warnings.map { warning in
                (warning.environment.map { "\(Markdown.code($0.text)): " } ?? "")
                    + Markdown.prose(warning.message)
            })
    }

    /// What would be sent, then what only the recorded state knows.
    var changes: [MarkdownDocument.Section] {
        var sections = [
            section("**Changes**", plan.changes.filter { $0.action.sends }),
            section("**No longer declared**", plan.changes.filter { $0.action == .orphaned }),
        ]
        if showsUnchanged {
            sections.append(
                section("**Unchanged**", plan.changes.filter { $0.action == .unchanged }))
        }
        return sections
    }

    private func section(_ title: String, _ changes: [Change]) -> MarkdownDocument.Section {
        MarkdownDocument.Section(
            title: title, noun: "change",
            entries: changes.map { ChangeMarkdown.entry($0, $0.action.rawValue) })
    }
}
