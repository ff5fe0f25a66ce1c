package import BankhookModel
internal import JSONSyntax

/// One call that sets a whole registration. There is no optional mode: a call without one would
/// silently reset it to 0 (specification, section 1).
package struct UpdateWebhookRequest: Sendable {
    package let baseURL: BaseURL
    package let flow: Flow
    package let credentials: Credentials
    /// With its secrets filled in: as secret as they are.
    package let webhookURL: Secret
    package let mode: WebhookMode
    /// For the whole exchange.
    package let timeout: TimeSpan
    package let certificateAuthorityFile: String?

    /// Nil when a secret that the URL needs is missing.
    package init?(_ environment: Environment, secrets: SecretValues) {
        guard
            let filled = environment.registration.webhookURL.filled(with: secrets.webhookSecrets),
            let webhookURL = Secret(filled)
        else { return nil }
        baseURL = environment.registration.baseURL
        flow = environment.registration.flow
        credentials = secrets.credentials
        self.webhookURL = webhookURL
        mode = environment.registration.mode
        timeout = environment.timeout
        certificateAuthorityFile = environment.certificateAuthorityFile?.path
    }

    /// Where the call goes: nothing secret is in it.
    package var url: String {
        switch flow {
        case .entity: "\(baseURL.canonical)/bank-connect/v1/entity/update_webhook/"
        case .session: "\(baseURL.canonical)/bank-connect/v1/session_data/update_webhook/"
        }
    }

    /// The body, always with its mode.
    var body: String {
        CanonicalJSON.text([
            "webhook_mode": .integer(mode.rawValue), "webhook_url": .string(webhookURL.exposed),
        ])
    }
}
