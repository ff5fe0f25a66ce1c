import FoundationEssentials
import HTTPTypes

/// Lets extractions happen, and delivers the webhooks that are due for them.
struct EventRoutes: Sendable {
    /// The accounts that are known before they register; nil where any may come.
    let accounts: Set<EmulatorAccount>?
    let state: EmulatorState
    let courier: Courier
    let turns = DeliveryTurns()
    let now: @Sendable () -> Date
    let makeID: @Sendable () -> String
    let onDelivery: (@Sendable (DeliveryRecord) -> Void)?

    /// What it says where an event names an account that there is not.
    static let unknownAccount = "account: there is none of that name"

    /// Answers an event once what it caused is over: the delivery has ended, or none is due.
    func answer(_ request: ReceivedRequest) async -> Answer {
        if case .tooLarge = request.body {
            return .error(.contentTooLarge, "the body is too large")
        }
        do throws(ExtractionEvent.Refusal) {
            let event = try ExtractionEvent(request.json)
            guard let account = account(named: event.account) else {
                return .error(.badRequest, EventRoutes.unknownAccount)
            }
            let extraction = state.happen(event, account: account, at: now(), makeID: makeID)
            return await outcome(of: extraction)
        } catch {
            return .error(.badRequest, error.message)
        }
    }

    private func account(named name: String) -> EmulatorAccount? {
        state.registered(name) ?? (accounts ?? [.demo]).first { $0.name == name }
    }

    private func outcome(of extraction: Extraction) async -> Answer {
        let (webhook, note, delivery): (String, String?, DeliveryRecord?)
        switch extraction.webhook {
        case .notEnded:
            (webhook, note, delivery) = ("not_due", "the extraction has not ended", nil)
        case .notRegistered:
            (webhook, note, delivery) = (
                "not_registered", "the account has no webhook for this flow", nil
            )
        case .notDue(let mode):
            (webhook, note, delivery) = (
                "not_due", "webhook_mode \(mode) has none for manual uploads", nil
            )
        case .due(let url, let turn):
            let record = await turns.take(turn, of: extraction.account) {
                await deliver(extraction, to: url)
            }
            (webhook, note, delivery) = (
                record.isAccepted ? "accepted" : record.status == nil ? "failed" : "refused",
                record.isAccepted
                    ? nil
                    : record.error ?? "only an answer of exactly 200 counts as accepted", record
            )
        }
        return Answer(
            .ok,
            .object(
                extraction.members + [
                    .init(name: "webhook", value: .string(webhook)),
                    .init(name: "note", value: note.map(JSON.string) ?? .null),
                    .init(name: "delivery", value: delivery?.json ?? .null),
                ]))
    }

    private func deliver(_ extraction: Extraction, to url: String) async -> DeliveryRecord {
        let (date, body) = (now(), extraction.body)
        let result = await courier.deliver(body.text, to: url)
        let record = DeliveryRecord(
            at: date, url: url, body: body, status: result.status, error: result.error)
        state.delivered(record)
        onDelivery?(record)
        return record
    }
}
