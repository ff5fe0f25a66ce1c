import FoundationEssentials

/// What was extracted, and the webhooks that were due for it.
struct Extractions: Sendable {
    private struct Place: Hashable {
        let account: EmulatorAccount
        let id: String
    }

    private var statements = Ledger<Place, Statement>()
    private var payloads = Ledger<Place, JSON>()
    private var turns: [EmulatorAccount: Int] = [:]

    /// Lets an event happen: lists its statement and, where a webhook is due, its payload.
    mutating func happen(
        _ event: ExtractionEvent, account: EmulatorAccount, flow: Flow,
        registration: Registration?, at date: Date, makeID: () -> String
    ) -> Extraction {
        let entityID = event.entityID ?? makeID()
        let reason = event.progress == .failed ? event.reason ?? event.mode.failureReason : ""
        let statementID = list(
            event, at: Place(account: account, id: entityID), reason: reason, flow: flow,
            makeID: makeID)
        let extraction = Extraction(
            account: account, flow: flow, mode: event.mode, progress: event.progress,
            entityID: entityID, statementID: statementID,
            linkID: event.linkID ?? (event.mode == .manual ? nil : makeID()), reason: reason,
            at: date, webhook: webhook(of: event, account, registration))
        // The list holds what was supposed to be sent, whether it could be or not.
        if case .due = extraction.webhook, flow == .entity, let link = extraction.linkID {
            payloads.append(extraction.payload, for: Place(account: account, id: link))
        }
        return extraction
    }

    /// Ends the oldest statement that is still processed, or lists a new one; returns its id.
    private mutating func list(
        _ event: ExtractionEvent, at place: Place, reason: String, flow: Flow,
        makeID: () -> String
    ) -> String {
        guard flow == .entity else { return makeID() }
        let message = reason.isEmpty ? nil : reason
        if event.progress != .processing,
            let ended = statements.changeFirst(
                of: place, where: { $0.progress == .processing && $0.mode == event.mode },
                {
                    $0.progress = event.progress
                    $0.message = message
                })
        {
            return ended.id
        }
        // Wrong credentials end net banking before there is a statement.
        let isBlank = event.progress == .failed && event.mode == .netBanking
        let statement = Statement(
            id: isBlank ? "" : makeID(), mode: event.mode, progress: event.progress,
            message: message)
        statements.append(statement, for: place)
        return statement.id
    }

    private mutating func webhook(
        of event: ExtractionEvent, _ account: EmulatorAccount, _ registration: Registration?
    ) -> Extraction.Webhook {
        guard event.progress != .processing else { return .notEnded }
        guard let registration else { return .notRegistered }
        guard event.mode == .netBanking || registration.webhookMode != 0 else {
            return .notDue(mode: registration.webhookMode)
        }
        let turn = turns[account, default: 0]
        turns[account] = turn + 1
        return .due(url: registration.webhookURL, turn: turn)
    }

    /// The payloads of a link, newest first.
    func payloads(ofLink id: String, account: EmulatorAccount) -> [JSON] {
        payloads[Place(account: account, id: id)].reversed()
    }

    /// The statements of an entity in the order of their upload.
    func statements(ofEntity id: String, account: EmulatorAccount) -> [Statement] {
        statements[Place(account: account, id: id)]
    }
}
