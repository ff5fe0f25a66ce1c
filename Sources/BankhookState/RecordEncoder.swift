internal import BankhookModel
internal import JSONSyntax

/// A record as JSON members, without its checksum.
enum RecordEncoder {
    static func members(of record: Record) -> [JSONValue.Member] {
        [
            .init(key: "applied", value: record.applied.map(value) ?? .null),
            .init(key: "environment", value: .string(record.environment.text)),
            .init(key: "lineage", value: .string(record.lineage.text)),
            .init(key: "pending", value: record.pending.map(value) ?? .null),
            .init(key: "previous", value: .optional(record.previous?.text)),
            .init(key: "schema", value: .integer(RecordCodec.schema)),
            .init(key: "serial", value: .integer(record.serial)),
        ]
    }

    private static func value(of applied: Record.Applied) -> JSONValue {
        var members = members(
            of: applied.registration, account: applied.account, secrets: applied.webhookSecrets)
        members += [
            .init(key: "applied_at", value: .string(applied.appliedAt.description)),
            .init(key: "origin", value: .string(applied.origin.rawValue)),
            .init(key: "tool", value: .string(applied.tool)),
        ]
        members += optional("revision", applied.revision) + optional("run", applied.run)
        return .object(members)
    }

    private static func value(of pending: Record.Pending) -> JSONValue {
        var members = members(
            of: pending.registration, account: pending.account, secrets: pending.webhookSecrets)
        members += [
            .init(key: "action", value: .string(pending.action.rawValue)),
            .init(key: "expires_at", value: .optional(pending.expiresAt?.description)),
            .init(key: "host", value: .string(pending.holder.host)),
            .init(key: "id", value: .string(pending.holder.id)),
            .init(key: "pid", value: .integer(pending.holder.process)),
            .init(key: "settled", value: .optional(pending.settled?.text)),
            .init(key: "started_at", value: .string(pending.holder.startedAt.description)),
            .init(key: "unknown_since", value: .string(pending.unknownSince.description)),
        ]
        return .object(members + optional("run", pending.holder.run))
    }

    private static func members(
        of registration: Registration, account: Fingerprint, secrets: [String: Fingerprint]
    ) -> [JSONValue.Member] {
        registration.jsonMembers + [.init(key: "account", value: .string(account.text))]
            + (secrets.isEmpty ? [] : [.init(key: "webhook_secrets", value: secrets.json)])
    }

    /// A member that is left out where it is absent.
    private static func optional(_ key: String, _ text: String?) -> [JSONValue.Member] {
        text.map { [.init(key: key, value: .string($0))] } ?? []
    }
}
