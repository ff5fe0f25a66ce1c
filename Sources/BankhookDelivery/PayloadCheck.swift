internal import JSONSyntax

/// A delivered body, held against the shapes that BankConnect documents (specification, section 1).
///
/// It says what `schema/payload.schema.json` says, field by field.
package struct PayloadCheck: Sendable {
    /// What a body looks like, right in every field or not.
    package enum Kind: Equatable, Sendable {
        case entity
        case session
        /// Neither: not even a JSON object, or one of other fields.
        case unknown
    }

    /// One field, as it came.
    package struct Field: Equatable, Sendable {
        package let name: String
        /// Nil where it is null.
        package let text: String?
    }

    package let kind: Kind
    /// Those of the shape that are strings or null, in the order in which a person reads them.
    package let fields: [Field]
    /// What is wrong, a field each. They quote the body: make them printable.
    package let problems: [String]
    /// What a receipt holds; nil for what has no entity, and where one of the five fields is
    /// missing.
    package let payload: WebhookPayload?

    package init(_ body: [UInt8]) {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(body)
        } catch {
            self.init(.unknown, problems: ["the body is no JSON: \(error)"])
            return
        }
        guard case .object = value else {
            self.init(
                .unknown, problems: ["the body is \(PayloadCheck.kind(of: value)), no object"])
            return
        }
        let isSession = value["session_id"] != nil || value["event_name"] != nil
        let isEntity = value["entity_id"] != nil || value["progress"] != nil
        switch (isEntity, isSession) {
        case (true, false): self.init(entity: value)
        case (false, true): self.init(session: value)
        case (true, true):
            self.init(.unknown, problems: ["it has fields of both flows"])
        case (false, false):
            self.init(.unknown, problems: ["it has the fields of no documented payload"])
        }
    }

    private init(
        _ kind: Kind, fields: [Field] = [], problems: [String], payload: WebhookPayload? = nil
    ) {
        self.kind = kind
        self.fields = fields
        self.problems = problems
        self.payload = payload
    }

    // MARK: Entity flow

    private init(entity value: JSONValue) {
        var fields = FieldCheck(value)
        let progress = fields.text("progress")
        fields.text("entity_id", isBlankAllowed: false)
        // Net banking can fail before there is a statement.
        fields.text("statement_id", isBlankAllowed: progress != "completed")
        fields.text("link_id", isBlankAllowed: false, isNullAllowed: true)
        fields.text("reason", isNullAllowed: true)
        if let progress, progress != "completed", progress != "failed" {
            fields.problems.append("progress '\(progress)' is neither completed nor failed")
        }
        let payload = try? WebhookPayload(value)
        self.init(
            .entity, fields: fields.found, problems: fields.problems,
            payload: payload?.entityID?.isEmpty == false ? payload : nil)
    }

    // MARK: Session flow

    private static let events: Set = [
        "SESSION_REQUIREMENT_COMPLETION_NOTIFICATION", "SESSION_EXPIRY_NOTIFICATION",
        "ENRICHMENT_NOTIFICATION",
    ]

    private init(session value: JSONValue) {
        var fields = FieldCheck(value)
        let event = fields.text("event_name")
        fields.text("session_id", isBlankAllowed: false)
        if value["message"] != nil { fields.text("message") }
        if let event, !PayloadCheck.events.contains(event) {
            fields.problems.append("event_name '\(event)' is no documented one")
        }
        switch value["accounts"] {
        case nil: fields.problems.append("accounts is missing")
        case .array(let accounts):
            let isOdd = accounts.contains { if case .object = $0 { false } else { true } }
            if isOdd { fields.problems.append("accounts holds something that is no object") }
        case .some(let other):
            fields.problems.append("accounts is \(PayloadCheck.kind(of: other)), no list")
        }
        self.init(.session, fields: fields.found, problems: fields.problems)
    }

    /// What a value is, in a word.
    static func kind(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
