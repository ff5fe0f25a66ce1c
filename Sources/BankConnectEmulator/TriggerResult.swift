/// What an emulator says it did.
package struct TriggerResult: Sendable {
    /// What became of the webhook.
    package enum Webhook: String, Sendable {
        case accepted, refused, failed
        case notDue = "not_due"
        case notRegistered = "not_registered"
    }

    package let account: String
    package let entityID: String
    /// Empty where net banking failed before there was a statement.
    package let statementID: String
    package let linkID: String?
    package let reason: String
    package let webhook: Webhook
    /// Why the webhook was not accepted, or was not due.
    package let note: String?
    /// Scheme, host and port of the endpoint: its path may hold a secret.
    package let origin: String?
    package let status: Int?

    /// Reads the answer of the emulator; nil where it is of another shape.
    init?(_ json: JSON) {
        guard let account = json["account"]?.string, let entity = json["entity_id"]?.string,
            let statement = json["statement_id"]?.string, let reason = json["reason"]?.string,
            let webhook = json["webhook"]?.string.flatMap(Webhook.init)
        else { return nil }
        self.account = account
        entityID = entity
        statementID = statement
        linkID = json["link_id"]?.string
        self.reason = reason
        self.webhook = webhook
        note = json["note"]?.string
        origin = json["delivery"]?["url"]?.string.map(DeliveryRecord.origin)
        status = json["delivery"]?["status"]?.integer
    }
}
