/// An extraction that a person wants to end at an emulator.
package struct TriggerRequest: Sendable {
    package enum Progress: String, Sendable, CaseIterable { case completed, failed }
    package enum Mode: String, Sendable, CaseIterable {
        case netBanking = "net_banking"
        case manual
    }

    package let progress: Progress
    package let mode: Mode
    /// The account's name; nil for the only registered one.
    package let account: String?
    package let entityID: String?
    package let linkID: String?
    package let reason: String?

    package init(
        progress: Progress, mode: Mode, account: String? = nil, entityID: String? = nil,
        linkID: String? = nil, reason: String? = nil
    ) {
        self.progress = progress
        self.mode = mode
        self.account = account
        self.entityID = entityID
        self.linkID = linkID
        self.reason = reason
    }

    /// The body of the event, at an account.
    func body(account: String) -> String {
        var members: [JSON.Member] = [
            .init(name: "account", value: .string(account)),
            .init(name: "flow", value: .string(Flow.entity.rawValue)),
            .init(name: "progress", value: .string(progress.rawValue)),
            .init(name: "mode", value: .string(mode.rawValue)),
        ]
        for (name, value) in [("entity_id", entityID), ("link_id", linkID), ("reason", reason)] {
            if let value { members.append(.init(name: name, value: .string(value))) }
        }
        return JSON.object(members).text
    }
}
