package import BankhookModel
internal import JSONSyntax

// What state files and saved plans hold alike.
extension RecordFields {
    /// Takes the members of a registration.
    package mutating func registration() throws(RecordDamage) -> Registration {
        let flow = try parsed("flow") { Flow(rawValue: $0) }
        let baseURL = try parsed("base_url") { try? BaseURL($0) }
        let webhookURL = try parsed("webhook_url") { try? WebhookURL($0) }
        guard let mode = WebhookMode(rawValue: try integer("webhook_mode")),
            WebhookMode.modes(of: flow).contains(mode)
        else { throw .field("its webhook_mode is unknown") }
        return Registration(baseURL: baseURL, flow: flow, webhookURL: webhookURL, mode: mode)
    }

    /// Takes the fingerprints of webhook secrets by name; none where they are missing.
    package mutating func webhookSecrets() throws(RecordDamage) -> [String: Fingerprint] {
        var secrets = [String: Fingerprint]()
        for member in try object("webhook_secrets") {
            guard WebhookURL.isPlaceholderName(member.key), case .string(let text) = member.value,
                let fingerprint = Fingerprint(text)
            else { throw .field("its webhook_secrets are malformed") }
            secrets[member.key] = fingerprint
        }
        return secrets
    }
}
