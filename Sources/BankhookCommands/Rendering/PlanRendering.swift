internal import BankhookModel
internal import BankhookPlan
internal import SourceText

/// A plan as a person reads it: what changes, first; the rest, counted.
struct PlanRendering {
    private let plan: Plan
    private let showsUnchanged: Bool
    private let listsRefusals: Bool
    private let palette: Palette

    /// Without `listsRefusals` what apply will refuse is left to the one who refuses it.
    init(
        _ plan: Plan, showsUnchanged: Bool = false, listsRefusals: Bool = true,
        palette: Palette = .plain
    ) {
        self.plan = plan
        self.showsUnchanged = showsUnchanged
        self.listsRefusals = listsRefusals
        self.palette = palette
    }

    /// The whole text, with a final newline.
    var text: String {
        let shown = plan.changes.filter { $0.action.sends }.map(block)
        let orphans = plan.changes.filter { $0.action == .orphaned }.map(block)
        let unchanged =
            showsUnchanged ? plan.changes.filter { $0.action == .unchanged }.map(block) : []
        let blocks = shown + orphans + unchanged
        let body = blocks.isEmpty ? "" : blocks.joined(separator: "\n") + "\n"
        return body + palette.paint(summary, .strong) + "\n" + remarks
    }

    // MARK: Changes

    private func block(_ change: Change) -> String {
        var lines = [heading(change)]
        switch change.action {
        case .register: lines += registration(change)
        case .update, .reassert, .unchanged, .orphaned: break
        }
        lines += change.reasons.map { "      \(line(for: $0))" }
        lines += plan.warnings.filter { $0.environment == change.name }
            .map { "      \(palette.paint("warning:", .warning)) \($0.message)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ change: Change) -> String {
        let isCompared = change.isAccountCompared || change.desired == nil
        let symbol = palette.paint(change.action.symbol, change.action.tone)
        let name = palette.paint(change.name.text, .strong)
        return "  \(symbol) \(name): \(change.action.rawValue)"
            + (isCompared ? "" : " (account not compared)")
    }

    private func registration(_ change: Change) -> [String] {
        guard let after = change.after else { return [] }
        return [
            "      webhook_url   \(after.webhookURL)",
            "      webhook_mode  \(after.mode)",
            "      base_url      \(after.baseURL)"
                + (after.flow == .entity ? "" : " (flow: \(after.flow.rawValue))"),
        ]
    }

    /// What a terminal of 80 columns leaves beside the indentation.
    static let room = 74

    private func line(for reason: Reason) -> String {
        guard case .fieldChanged(let field, let before, let after) = reason else {
            return reason.message
        }
        let name = field.rawValue.padding(to: 12)
        let oneLine = "\(name)  \(before) → \(after)"
        guard oneLine.columns > PlanRendering.room else { return oneLine }
        return "\(name)  \(before)\n      \("".padding(to: 10))  → \(after)"
    }

    // MARK: Counts and remarks

    /// How many changes of each kind, on one line.
    var summary: String {
        let counts = [
            (plan.count(.register), "to register"), (plan.count(.update), "to update"),
            (plan.count(.reassert), "to reassert"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let unchanged = plan.count(.unchanged)
        let orphaned = plan.count(.orphaned)
        let rest =
            "\(unchanged) unchanged" + unchecked + (orphaned > 0 ? ", \(orphaned) orphaned" : "")
        let doing = counts.isEmpty ? "nothing to send" : counts.joined(separator: ", ")
        return "Plan: \(doing); \(rest)."
    }

    /// What the count cannot vouch for where something is recorded.
    private var unchecked: String {
        switch plan.coverage {
        case .complete: ""
        case .noWorkTree: " (no history)"
        case .incomplete: " (history not checked)"
        }
    }

    /// Whether it tells of an outcome that a plan without it would deny: its environment is not shown.
    private func isKeptUnseen(_ warning: PlanWarning) -> Bool {
        guard warning.code == .outcomeKept else { return false }
        let change = plan.changes.first { $0.name == warning.environment }
        return change.map { $0.action == .unchanged && !showsUnchanged } ?? true
    }

    /// Warnings of the whole run, and what apply will refuse.
    private var remarks: String {
        let warnings = plan.warnings.filter { $0.environment == nil || isKeptUnseen($0) }.map {
            "\(palette.paint("warning:", .warning)) "
                + ($0.environment.map { "\($0): " } ?? "") + "\($0.message)\n"
        }
        guard listsRefusals, !plan.refusals.isEmpty else { return warnings.joined() }
        let names = Set(plan.refusals.map(\.allow.rawValue)).sorted().joined(separator: ",")
        let refusals = plan.refusals.map { "  \($0.message)\n" }
        // What git knows to be newer elsewhere is refused although nothing would be sent.
        let words =
            plan.sends
            ? "Apply will need --allow \(names):"
            : "Apply will refuse until that is mended; --allow \(names) would send again:"
        let need = palette.paint(words, .strong)
        return warnings.joined() + need + "\n" + refusals.joined()
    }
}
