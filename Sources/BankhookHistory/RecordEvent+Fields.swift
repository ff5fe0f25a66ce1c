internal import BankhookModel

extension RecordEvent {
    /// A part of the record that a version can change.
    package enum Field: Equatable, Sendable {
        case webhookURL, webhookMode, baseURL, flow, account
        /// The name of the webhook secret that was rotated, added or removed.
        case secret(String)

        /// The word for it in data.
        package var word: String {
            switch self {
            case .webhookURL: "webhook_url"
            case .webhookMode: "webhook_mode"
            case .baseURL: "base_url"
            case .flow: "flow"
            case .account: "account"
            case .secret(let name): "webhook_secrets.\(name)"
            }
        }
    }

    /// What differs between before and after; nothing where one of them is missing.
    package var changedFields: [Field] {
        guard let old = registrationBefore, let new = registrationAfter else { return [] }
        var fields = [Field]()
        if old.webhookURL != new.webhookURL { fields.append(.webhookURL) }
        if old.mode != new.mode { fields.append(.webhookMode) }
        if old.baseURL != new.baseURL { fields.append(.baseURL) }
        if old.flow != new.flow { fields.append(.flow) }
        return fields + changedFingerprints
    }

    /// Fingerprints are keyed by lineage, and those of secrets by the account too: with another key
    /// nothing follows from them.
    private var changedFingerprints: [Field] {
        guard !beginsAnew, let old = before?.applied, let after else { return [] }
        guard let account = after.pending?.account ?? after.applied?.account else { return [] }
        guard account == old.account else { return [.account] }
        let secrets = after.pending?.webhookSecrets ?? after.applied?.webhookSecrets ?? [:]
        return Set(secrets.keys).union(old.webhookSecrets.keys).sorted()
            .filter { secrets[$0] != old.webhookSecrets[$0] }.map(Field.secret)
    }
}
