internal import BankhookModel
internal import BankhookPlan

/// One change as an entry of a list in Markdown.
enum ChangeMarkdown {
    /// `word` is what happens or has happened to it; `remarks`, in Markdown, come first.
    static func entry(_ change: Change, _ word: String, remarks: [String] = []) -> String {
        let isCompared = change.isAccountCompared || change.desired == nil
        let heading =
            "\(Markdown.code(change.action.symbol)) **\(word)** \(Markdown.code(change.name.text))"
            + (isCompared ? "" : " (account not compared)")
        let registration = change.action == .register ? registration(change) : []
        let lines = remarks + registration + change.reasons.map(reason)
        return heading + lines.map { "\n  - \($0)" }.joined()
    }

    private static func registration(_ change: Change) -> [String] {
        guard let after = change.after else { return [] }
        return [
            "webhook_url: \(Markdown.code(after.webhookURL.text))",
            "webhook_mode: \(Markdown.code("\(after.mode)"))",
            "base_url: \(Markdown.code(after.baseURL.canonical))"
                + (after.flow == .entity ? "" : " (flow: \(after.flow.rawValue))"),
        ]
    }

    private static func reason(_ reason: Reason) -> String {
        guard case .fieldChanged(let field, let before, let after) = reason else {
            return Markdown.prose(reason.message)
        }
        return "\(field.rawValue): \(Markdown.code(before)) → \(Markdown.code(after))"
    }
}
