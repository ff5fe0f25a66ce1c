import FoundationEssentials

/// The documented shapes in which an extraction is told.
extension Extraction {
    /// The body of its webhook.
    ///
    /// The Session flow has three events; of these `ENRICHMENT_NOTIFICATION` is the one that tells
    /// how the extraction of an account ended.
    var body: JSON {
        switch flow {
        case .entity:
            .object([
                "entity_id": .string(entityID), "statement_id": .string(statementID),
                "link_id": link, "progress": .string(progress.rawValue),
                "reason": .string(reason),
            ])
        case .session:
            .object([
                "session_id": .string(entityID),
                "event_name": .string("ENRICHMENT_NOTIFICATION"),
                "accounts": .array([
                    .object([
                        "bank_name": .string("emulated"), "account_id": .string(statementID),
                        "account_status": .string(progress.rawValue),
                        "error_code": progress == .failed
                            ? .string("EMULATED_FAILURE") : .null,
                        "error_message": progress == .failed ? .string(reason) : .null,
                    ])
                ]),
            ])
        }
    }

    /// Its entry in the list of payloads.
    var payload: JSON {
        .object([
            "statement_id": .string(statementID), "entity_id": .string(entityID),
            "link_id": link, "progress": .string(progress.rawValue), "reason": .string(reason),
            "date_time": .string(Extraction.clockText(at)),
        ])
    }

    /// What the emulator's own page answers, without what became of the webhook.
    var members: [JSON.Member] {
        [
            .init(name: "account", value: .string(account.name)),
            .init(name: "flow", value: .string(flow.rawValue)),
            .init(name: "progress", value: .string(progress.rawValue)),
            .init(name: "mode", value: .string(mode.rawValue)),
            .init(name: "entity_id", value: .string(entityID)),
            .init(name: "statement_id", value: .string(statementID)),
            .init(name: "link_id", value: link),
            .init(name: "reason", value: .string(reason)),
        ]
    }

    private var link: JSON { linkID.map(JSON.string) ?? .null }

    /// `YYYY-MM-DD HH:MM:SS`: the vendor's form, which names no zone. Here it is UTC.
    private static func clockText(_ date: Date) -> String {
        String(
            date.formatted(
                .iso8601.year().month().day().dateTimeSeparator(.space)
                    .time(includingFractionalSeconds: false)
            ).prefix(19))
    }
}
