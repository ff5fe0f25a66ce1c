internal import BankConnectEmulator
internal import SourceText

/// What `trigger` prints: the extraction, its ids, and what became of the webhook.
enum TriggerRendering {
    /// Lines for a person.
    static func text(
        _ result: TriggerResult, progress: TriggerRequest.Progress, mode: TriggerRequest.Mode
    ) -> String {
        let upload = mode == .manual ? "manual upload" : "net banking"
        var lines = ["\(progress.rawValue): \(upload), account \(PrintableText(result.account))"]
        lines.append("  entity_id     \(PrintableText(result.entityID))")
        lines.append(
            "  statement_id  "
                + (result.statementID.isEmpty
                    ? "(blank: it failed before there was a statement)"
                    : PrintableText(result.statementID).description))
        lines.append(
            "  link_id       \(result.linkID.map { PrintableText($0).description } ?? "(null)")")
        if !result.reason.isEmpty {
            lines.append("  reason        \(PrintableText(result.reason))")
        }
        lines.append("  webhook       \(webhook(result))")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func webhook(_ result: TriggerResult) -> String {
        let note = result.note.map { PrintableText($0).description } ?? ""
        let origin = result.origin.map { PrintableText($0).description } ?? ""
        let status = result.status.map(String.init) ?? ""
        return switch result.webhook {
        case .accepted: "accepted by \(origin) with \(status)"
        case .refused: "not accepted: \(origin) answered \(status); \(note)"
        case .failed: "could not be delivered to \(origin): \(note)"
        case .notDue, .notRegistered: "not due: \(note)"
        }
    }
}
