internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import JSONSyntax

/// A saved plan out of JSON: every field checked, none ignored.
enum SavedPlanDecoder {
    static func plan(from value: JSONValue) throws(RecordDamage) -> SavedPlan {
        var fields = try RecordFields(value)
        guard try fields.integer("format_version") == SavedPlanCodec.version else {
            throw .field("its format_version is unknown")
        }
        _ = try fields.string("checksum")
        let plan = SavedPlan(
            createdAt: try fields.parsed("created_at") { Timestamp($0) },
            tool: try fields.string("tool"),
            options: PlanOptions(
                targets: try texts("targets", in: &fields),
                shard: try fields.optionalParsed("shard") { Shard($0) },
                isReasserting: try fields.flag("reassert"),
                allowed: try allowed(in: &fields)),
            files: try files(in: &fields), records: try records(in: &fields),
            changes: try changes(in: &fields))
        try fields.finish()
        return plan
    }

    private static func texts(_ key: String, in fields: inout RecordFields)
        throws(RecordDamage) -> [String]
    {
        var texts = [String]()
        for element in try fields.array(key) {
            guard case .string(let text) = element else {
                throw .field("its \(key) is no list of strings")
            }
            texts.append(text)
        }
        return texts
    }

    private static func allowed(in fields: inout RecordFields)
        throws(RecordDamage) -> Set<Refusal.Allow>
    {
        var allowed = Set<Refusal.Allow>()
        for text in try texts("allowed", in: &fields) {
            guard let name = Refusal.Allow(rawValue: text) else {
                throw .field("its allowed has a name that this bankhook does not know")
            }
            allowed.insert(name)
        }
        return allowed
    }

    private static func files(in fields: inout RecordFields)
        throws(RecordDamage) -> [SavedFile: Checksum]
    {
        var files = [SavedFile: Checksum]()
        for element in try fields.array("files") {
            var file = try RecordFields(element, place: "files")
            let role = try file.parsed("role") { SavedFile.Role(rawValue: $0) }
            let digest = try file.parsed("digest") { Checksum($0) }
            let name = try file.text("name")
            guard files.updateValue(digest, forKey: SavedFile(role, path: name)) == nil
            else { throw .field("its files are malformed") }
            try file.finish()
        }
        return files
    }

    private static func records(in fields: inout RecordFields)
        throws(RecordDamage) -> [EnvironmentName: Checksum]
    {
        var records = [EnvironmentName: Checksum]()
        for member in try fields.object("records") {
            guard let name = EnvironmentName(member.key), case .string(let text) = member.value,
                let checksum = Checksum(text)
            else { throw .field("its records are malformed") }
            records[name] = checksum
        }
        return records
    }

    private static func changes(in fields: inout RecordFields)
        throws(RecordDamage) -> [EnvironmentName: SavedChange]
    {
        var changes = [EnvironmentName: SavedChange]()
        var lineages = Set<Lineage>()
        for element in try fields.array("changes") {
            var change = try RecordFields(element, place: "changes")
            let name = try change.parsed("environment") { EnvironmentName($0) }
            let saved = try self.change(from: &change)
            try change.finish()
            guard changes.updateValue(saved, forKey: name) == nil else {
                throw .field("its changes name \(name) twice")
            }
            if let lineage = saved.firstLineage, !lineages.insert(lineage).inserted {
                throw .field("its changes give one lineage to two environments")
            }
        }
        return changes
    }

    private static func change(from fields: inout RecordFields) throws(RecordDamage) -> SavedChange
    {
        SavedChange(
            action: try fields.parsed("action") { Action(rawValue: $0) },
            reasons: try reasons(in: &fields),
            before: try registration("before", in: &fields),
            after: try registration("after", in: &fields),
            fingerprints: try fingerprints(in: &fields),
            firstLineage: try fields.optionalParsed("lineage") { Lineage($0) })
    }

    private static func reasons(in fields: inout RecordFields) throws(RecordDamage) -> [SavedReason]
    {
        var reasons = [SavedReason]()
        for element in try fields.array("reasons") {
            var reason = try RecordFields(
                element, place: "changes.reasons")
            reasons.append(
                SavedReason(
                    code: try reason.string("code"), field: try reason.optionalString("field")))
            try reason.finish()
        }
        return reasons
    }

    private static func registration(_ key: String, in fields: inout RecordFields)
        throws(RecordDamage) -> Registration?
    {
        let value = try fields.value(key)
        guard value != .null else { return nil }
        var inner = try RecordFields(value, place: "changes.\(key)")
        let registration = try inner.registration()
        try inner.finish()
        return registration
    }

    private static func fingerprints(in fields: inout RecordFields)
        throws(RecordDamage) -> SavedFingerprints?
    {
        let value = try fields.value("fingerprints")
        guard value != .null else { return nil }
        var inner = try RecordFields(
            value, place: "changes.fingerprints")
        let fingerprints = SavedFingerprints(
            account: try inner.parsed("account") { Fingerprint($0) },
            webhookSecrets: try inner.webhookSecrets())
        try inner.finish()
        return fingerprints
    }
}
