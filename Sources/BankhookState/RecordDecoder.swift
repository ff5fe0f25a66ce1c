internal import BankhookModel
internal import JSONSyntax

/// A record out of JSON: every field checked, none ignored.
enum RecordDecoder {
    static func record(from value: JSONValue, as name: EnvironmentName)
        throws(RecordDamage) -> Record
    {
        var fields = try RecordFields(value)
        guard try fields.integer("schema") == RecordCodec.schema else {
            throw .field("its schema is unknown")
        }
        _ = try fields.string("checksum")
        let environment = try fields.string("environment")
        guard environment == name.text else { throw .otherEnvironment(environment) }
        let lineage = try fields.parsed("lineage") { Lineage($0) }
        let serial = try fields.integer("serial")
        let previous = try fields.optionalParsed("previous") { Checksum($0) }
        let applied = try fields.value("applied")
        let pending = try fields.value("pending")
        try fields.finish()
        let record = Record(
            environment: name, lineage: lineage, serial: serial, previous: previous,
            applied: applied == .null ? nil : try self.applied(from: applied),
            pending: pending == .null ? nil : try self.pending(from: pending))
        try check(record)
        return record
    }

    /// What no apply could have written.
    private static func check(_ record: Record) throws(RecordDamage) {
        if record.applied == nil {
            guard record.pending != nil else {
                throw .inconsistent("it records neither a registration nor an intent")
            }
            guard record.serial == 0, record.previous == nil else {
                throw .inconsistent("it has a serial without a registration")
            }
        } else {
            guard record.serial > 0 else {
                throw .inconsistent("it has a registration and serial 0")
            }
        }
        if let pending = record.pending, (pending.settled == nil) != (record.applied == nil) {
            throw .inconsistent("its intent does not follow from its registration")
        }
    }

    private static func applied(from value: JSONValue) throws(RecordDamage) -> Record.Applied {
        var fields = try RecordFields(value, place: "applied")
        let applied = Record.Applied(
            registration: try fields.registration(),
            account: try fields.parsed("account") { Fingerprint($0) },
            webhookSecrets: try fields.webhookSecrets(),
            appliedAt: try fields.parsed("applied_at") { Timestamp($0) },
            origin: try fields.parsed("origin") { Record.Applied.Origin(rawValue: $0) },
            revision: try fields.optionalString("revision"),
            run: try fields.optionalString("run"), tool: try fields.string("tool"))
        try fields.finish()
        return applied
    }

    private static func pending(from value: JSONValue) throws(RecordDamage) -> Record.Pending {
        var fields = try RecordFields(value, place: "pending")
        let holder = LockHolder(
            id: try fields.string("id"), host: try fields.string("host"),
            process: try fields.integer("pid"), run: try fields.optionalString("run"),
            startedAt: try fields.parsed("started_at") { Timestamp($0) })
        let pending = Record.Pending(
            action: try fields.parsed("action") { Action(rawValue: $0) },
            registration: try fields.registration(),
            account: try fields.parsed("account") { Fingerprint($0) },
            webhookSecrets: try fields.webhookSecrets(), holder: holder,
            settled: try fields.optionalParsed("settled") { Checksum($0) },
            unknownSince: try fields.parsed("unknown_since") { Timestamp($0) },
            expiresAt: try fields.optionalParsed("expires_at") { Timestamp($0) })
        try fields.finish()
        guard pending.action.sends else { throw .field("its pending.action sends nothing") }
        return pending
    }
}
