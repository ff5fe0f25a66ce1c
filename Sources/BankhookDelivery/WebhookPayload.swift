package import JSONSyntax

/// The five fields of the entity flow's webhook, as BankConnect sent them.
///
/// Blank and null are kept apart: a net-banking failure has a blank `statement_id`, a manual upload
/// without a link a null `link_id` (specification, section 1).
package struct WebhookPayload: Sendable {
    package let entityID: String?
    package let statementID: String?
    package let linkID: String?
    package let progress: String?
    package let reason: String?
    /// What a delivery posts: the documented shape on one line. It is also what tells two payloads
    /// apart, byte by byte, where strings would be equal that Unicode calls equivalent.
    package let body: [UInt8]

    package init(
        entityID: String?, statementID: String?, linkID: String?, progress: String?,
        reason: String?
    ) {
        self.entityID = entityID
        self.statementID = statementID
        self.linkID = linkID
        self.progress = progress
        self.reason = reason
        body = CompactJSON.bytes([
            "entity_id": .optional(entityID), "statement_id": .optional(statementID),
            "link_id": .optional(linkID), "progress": .optional(progress),
            "reason": .optional(reason),
        ])
    }

    /// Reads the five fields of an object and leaves the others alone.
    ///
    /// Throws for one that is missing, or neither a string nor null.
    package init(_ value: JSONValue) throws(PayloadShapeError) {
        func field(_ name: String) throws(PayloadShapeError) -> String? {
            switch value[name] {
            case .string(let text): text
            case .null: nil
            case nil: throw .missing(name)
            default: throw .wrongType(name)
            }
        }
        guard case .object = value else { throw .noObject }
        self.init(
            entityID: try field("entity_id"), statementID: try field("statement_id"),
            linkID: try field("link_id"), progress: try field("progress"),
            reason: try field("reason"))
    }
}

extension WebhookPayload: Hashable {
    package static func == (left: WebhookPayload, right: WebhookPayload) -> Bool {
        left.body == right.body
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(body)
    }
}
