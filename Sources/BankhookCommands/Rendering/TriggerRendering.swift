internal import BankConnectEmulator
internal import JSONSyntax
internal import SourceText

/// What `trigger` prints: the extraction, its ids, and what became of the webhook.
struct TriggerRendering {
    let result: TriggerResult
    let progress: TriggerRequest.Progress
    let mode: TriggerRequest.Mode

    /// The text for standard output.
    func text(as format: OutputFormat) -> String {
        switch format {
        case .text: lines
        case .json: JSONOutput.text(json)
        }
    }

    private var lines: String {
        let upload = mode == .manual ? "manual upload" : "net banking"
        let statement =
            result.statementID.isEmpty
            ? "(blank: it failed before there was a statement)" : printable(result.statementID)
        var lines = [
            "\(progress.rawValue): \(upload), account \(printable(result.account))",
            "  entity_id     \(printable(result.entityID))",
            "  statement_id  \(statement)",
            "  link_id       \(result.linkID.map(printable) ?? "(null)")",
        ]
        if !result.reason.isEmpty { lines.append("  reason        \(printable(result.reason))") }
        lines.append("  webhook       \(webhook)")
        return lines.joined(separator: "\n") + "\n"
    }

    private var webhook: String {
        let note = printable(result.note ?? "")
        let origin = printable(result.origin ?? "")
        let status = result.status.map(String.init) ?? ""
        return switch result.webhook {
        case .accepted: "accepted by \(origin) with \(status)"
        case .refused: "not accepted: \(origin) answered \(status); \(note)"
        case .failed: "could not be delivered to \(origin): \(note)"
        case .notDue, .notRegistered: "not due: \(note)"
        }
    }

    private func printable(_ text: String) -> String { PrintableText(text).description }

    private var json: JSONValue {
        [
            "account": .string(result.account), "entity_id": .string(result.entityID),
            "format_version": .integer(1), "link_id": .optional(result.linkID),
            "mode": .string(mode.rawValue), "note": .optional(result.note),
            "progress": .string(progress.rawValue), "reason": .string(result.reason),
            "statement_id": .string(result.statementID),
            "status": result.status.map { .integer($0) } ?? .null,
            "webhook": .string(result.webhook.rawValue), "webhook_origin": .optional(result.origin),
        ]
    }
}
