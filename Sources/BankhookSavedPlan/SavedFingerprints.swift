package import BankhookModel

/// The account and the webhook secrets that an environment was planned with, keyed by its lineage.
package struct SavedFingerprints: Equatable, Sendable {
    package let account: Fingerprint
    package let webhookSecrets: [String: Fingerprint]

    package init(account: Fingerprint, webhookSecrets: [String: Fingerprint]) {
        self.account = account
        self.webhookSecrets = webhookSecrets
    }

    /// Nil where the secrets are not at hand.
    init?(_ desired: DesiredEnvironment, lineage: Lineage) {
        guard let secrets = desired.secrets else { return nil }
        let registration = desired.environment.registration
        self.init(
            account: .account(
                baseURL: registration.baseURL, flow: registration.flow,
                credentials: secrets.credentials, lineage: lineage),
            webhookSecrets: Fingerprint.webhookSecrets(secrets, lineage: lineage))
    }
}
