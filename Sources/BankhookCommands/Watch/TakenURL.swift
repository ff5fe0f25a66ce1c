internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan

/// A URL that an environment is declared with, or has by its record.
struct TakenURL {
    let name: EnvironmentName
    private let url: WebhookURL
    /// What fills its placeholders; nil where a record does not tell.
    private let secrets: [String: SecretReference]?

    /// All of them.
    static func all(_ configuration: Configuration, _ records: [Record]) -> [TakenURL] {
        configuration.environments.map {
            TakenURL(name: $0.name, url: $0.registration.webhookURL, secrets: $0.webhookSecrets)
        }
            + recorded(records)
    }

    /// Those that records tell of: what stands, and what an unresolved intent may have registered.
    static func recorded(_ records: [Record]) -> [TakenURL] {
        records.flatMap { record in
            [record.applied?.registration, record.pending?.registration].compactMap(\.self).map {
                TakenURL(name: record.environment, url: $0.webhookURL, secrets: nil)
            }
        }
    }

    /// Whether a change leads to it. Where other secrets fill the placeholders it does not.
    func isAt(_ change: Change) -> Bool {
        guard url == change.after?.webhookURL else { return false }
        return url.placeholders.isEmpty
            || secrets != nil && secrets == change.desired?.environment.webhookSecrets
    }
}
