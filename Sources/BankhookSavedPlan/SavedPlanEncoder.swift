internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import JSONSyntax

/// A saved plan as JSON members, without its checksum.
enum SavedPlanEncoder {
    static func members(of plan: SavedPlan) -> [JSONValue.Member] {
        [
            .init(key: "allowed", value: list(plan.options.allowed.map(\.rawValue).sorted())),
            .init(
                key: "changes",
                value: .array(plan.changes.sorted { $0.key < $1.key }.map(value(of:change:)))),
            .init(key: "created_at", value: .string(plan.createdAt.description)),
            .init(
                key: "files",
                value: .array(plan.files.sorted { $0.key < $1.key }.map(value(of:checksum:)))),
            .init(key: "format_version", value: .integer(SavedPlanCodec.version)),
            .init(key: "reassert", value: .bool(plan.options.isReasserting)),
            .init(
                key: "records",
                value: .object(
                    plan.records.map { .init(key: $0.key.text, value: .string($0.value.text)) })),
            .init(key: "shard", value: .optional(plan.options.shard?.description)),
            .init(key: "targets", value: list(plan.options.targets)),
            .init(key: "tool", value: .string(plan.tool)),
        ]
    }

    private static func value(of name: EnvironmentName, change: SavedChange) -> JSONValue {
        [
            "action": .string(change.action.rawValue),
            "after": change.after.map { .object($0.jsonMembers) } ?? .null,
            "before": change.before.map { .object($0.jsonMembers) } ?? .null,
            "environment": .string(name.text),
            "fingerprints": change.fingerprints.map { fingerprints in
                [
                    "account": .string(fingerprints.account.text),
                    "webhook_secrets": fingerprints.webhookSecrets.json,
                ]
            } ?? .null,
            "lineage": .optional(change.firstLineage?.text),
            "reasons": .array(
                change.reasons.map { ["code": .string($0.code), "field": .optional($0.field)] }),
        ]
    }

    private static func value(of file: SavedFile, checksum: Checksum) -> JSONValue {
        [
            "digest": .string(checksum.text), "name": .string(file.name),
            "role": .string(file.role.rawValue),
        ]
    }

    private static func list(_ texts: [String]) -> JSONValue {
        .array(texts.map(JSONValue.string))
    }
}
