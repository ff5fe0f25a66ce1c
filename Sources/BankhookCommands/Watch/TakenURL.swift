internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan

/// A URL that an environment is declared with, or has by its record.
struct TakenURL {
    let name: EnvironmentName
    private let url: WebhookURL
    private let secrets: Secrets

    /// What fills its placeholders.
    private enum Secrets {
        case declared([String: SecretReference], values: [String: Secret]?)
        /// A record does not tell.
        case recorded
    }

    /// Those that are declared, and those that records tell of: what stands, and what an unresolved
    /// intent may have registered.
    static func all(_ desired: DesiredState, _ records: [Record]) -> [TakenURL] {
        let declared = desired.environments.map { each in
            TakenURL(
                name: each.name, url: each.environment.registration.webhookURL,
                secrets: .declared(
                    each.environment.webhookSecrets, values: each.secrets?.webhookSecrets))
        }
        let recorded = records.flatMap { record in
            [record.applied?.registration, record.pending?.registration].compactMap(\.self).map {
                TakenURL(name: record.environment, url: $0.webhookURL, secrets: .recorded)
            }
        }
        let names = Set(declared.map(\.name))
        // What is declared tells more of a placeholder than the record does.
        return declared
            + recorded.filter { $0.url.placeholders.isEmpty || !names.contains($0.name) }
    }

    /// Whether a change leads to it, or may. Where other secrets fill the placeholders it does not.
    func isAt(_ change: Change) -> Bool {
        guard let after = change.after?.webhookURL else { return false }
        switch secrets {
        case .recorded: return url == after
        case .declared(let references, let values):
            if url == after, url.placeholders.isEmpty { return true }
            if let values, let own = change.desired?.secrets?.webhookSecrets {
                return url.filled(with: values) == after.filled(with: own)
            }
            return url == after && references == change.desired?.environment.webhookSecrets
        }
    }
}
