package import BankhookModel
internal import JSONSyntax

/// One line of a receipts file: an endpoint has this payload (specification, section 8).
package struct Receipt: Equatable, Sendable {
    /// Nil in a line that somebody else wrote without it.
    package let receivedAt: Timestamp?
    package let payload: WebhookPayload
    /// When BankConnect's list says that the call was to be made: known to `recover` only.
    package let dateTime: String?
    package let isRecovered: Bool

    /// What an endpoint received: from BankConnect itself, or from a `recover`.
    package init(receivedAt: Timestamp, payload: WebhookPayload, isRecovered: Bool = false) {
        self.receivedAt = receivedAt
        self.payload = payload
        dateTime = nil
        self.isRecovered = isRecovered
    }

    /// What `recover` delivered.
    package init(recoveredAt: Timestamp, payload: WebhookPayload, dateTime: String?) {
        receivedAt = recoveredAt
        self.payload = payload
        self.dateTime = dateTime
        isRecovered = true
    }

    /// Reads a line without its newline. Fields of others are left alone.
    init(line: [UInt8]) throws(ReceiptLineError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(line)
        } catch {
            throw .noJSON(error)
        }
        do {
            payload = try WebhookPayload(value)
        } catch {
            throw .wrongShape(error)
        }
        if case .string(let text)? = value["received_at"] {
            receivedAt = Timestamp(text)
        } else {
            receivedAt = nil
        }
        if case .string(let text)? = value["date_time"] { dateTime = text } else { dateTime = nil }
        isRecovered = value["recovered"] == .bool(true)
    }

    /// The line as it is written, with its newline.
    package var line: [UInt8] {
        var members: [(String, JSONValue)] = [
            ("received_at", .optional(receivedAt?.description)),
            ("entity_id", .optional(payload.entityID)),
            ("statement_id", .optional(payload.statementID)),
            ("link_id", .optional(payload.linkID)), ("progress", .optional(payload.progress)),
            ("reason", .optional(payload.reason)),
        ]
        if let dateTime { members.append(("date_time", .string(dateTime))) }
        if isRecovered { members.append(("recovered", .bool(true))) }
        let object = JSONValue.object(members.map { .init(key: $0.0, value: $0.1) })
        return CompactJSON.bytes(object) + [UInt8(ascii: "\n")]
    }
}
