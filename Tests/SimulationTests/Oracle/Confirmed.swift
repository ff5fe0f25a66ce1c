import BankhookModel

/// A registration that the server promised, as a record would hold it.
struct Confirmed: Equatable {
    let registration: Registration
    let account: Fingerprint
    let webhookSecrets: [String: Fingerprint]

    /// Nil without secrets.
    init?(_ desired: DesiredEnvironment, lineage: Lineage) {
        guard let secrets = desired.secrets else { return nil }
        registration = desired.environment.registration
        account = Fingerprint.account(
            baseURL: registration.baseURL, flow: registration.flow,
            credentials: secrets.credentials, lineage: lineage)
        webhookSecrets = Fingerprint.webhookSecrets(secrets, lineage: lineage)
    }

    init(_ applied: Record.Applied) {
        registration = applied.registration
        account = applied.account
        webhookSecrets = applied.webhookSecrets
    }

    init(_ pending: Record.Pending) {
        registration = pending.registration
        account = pending.account
        webhookSecrets = pending.webhookSecrets
    }
}
