package import BankhookModel
internal import JSONSyntax

/// One of the documented payloads, with ids that nobody has (specification, sections 1 and 8).
package enum ProbeShape: String, Sendable, CaseIterable {
    case completed
    case failed
    /// A net-banking failure before there was a statement.
    case blankStatement = "failed_without_statement"
    /// A manual upload that no link was made for.
    case nullLink = "completed_without_link"
    case sessionCompletion = "session_requirement_completion"
    case sessionExpiry = "session_expiry"
    case enrichment

    /// All of a flow, the one that is sent alone first.
    package static func shapes(of flow: Flow) -> [ProbeShape] {
        switch flow {
        case .entity: [.completed, .failed, .blankStatement, .nullLink]
        case .session: [.sessionCompletion, .sessionExpiry, .enrichment]
        }
    }

    private static let entity = "00000000-0000-4000-8000-000000000001"
    private static let statement = "00000000-0000-4000-8000-000000000002"
    private static let link = "00000000-0000-4000-8000-000000000003"
    private static let session = "00000000-0000-4000-8000-000000000004"
    private static let account = "00000000-0000-4000-8000-000000000005"
    private static let reason = "bankhook probe: no statement failed"

    /// Whether a payload is one of the entity flow's: nobody else has that entity.
    static func isProbe(_ payload: WebhookPayload) -> Bool {
        payload.entityID == entity
    }

    /// What is posted.
    package var body: [UInt8] { CanonicalJSON.bytes(value) }

    private var value: JSONValue {
        switch self {
        case .completed: ProbeShape.entity(progress: "completed", reason: "")
        case .failed: ProbeShape.entity(progress: "failed", reason: ProbeShape.reason)
        case .blankStatement:
            ProbeShape.entity(statement: "", progress: "failed", reason: ProbeShape.reason)
        case .nullLink: ProbeShape.entity(link: .null, progress: "completed", reason: "")
        case .sessionCompletion:
            ProbeShape.session("SESSION_REQUIREMENT_COMPLETION_NOTIFICATION", accounts: 1)
        case .sessionExpiry: ProbeShape.session("SESSION_EXPIRY_NOTIFICATION", accounts: 0)
        case .enrichment: ProbeShape.session("ENRICHMENT_NOTIFICATION", accounts: 1)
        }
    }

    private static func entity(
        statement: String = ProbeShape.statement, link: JSONValue = .string(ProbeShape.link),
        progress: String, reason: String
    ) -> JSONValue {
        [
            "entity_id": .string(entity), "link_id": link, "progress": .string(progress),
            "reason": .string(reason), "statement_id": .string(statement),
        ]
    }

    private static func session(_ event: String, accounts: Int) -> JSONValue {
        let account: JSONValue = ["account_id": .string(ProbeShape.account)]
        return [
            "accounts": .array(Array(repeating: account, count: accounts)),
            "event_name": .string(event), "message": "bankhook probe",
            "session_id": .string(session),
        ]
    }
}
