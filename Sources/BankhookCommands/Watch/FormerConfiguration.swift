internal import BankhookConfiguration
internal import BankhookModel

/// A version of the configuration that git holds, beside the one of today.
struct FormerConfiguration {
    let past: Configuration
    let today: Configuration

    /// Whether it takes one environment back to a registration and changes nothing else: no other
    /// environment, no policy, no place of the records, no account.
    func takesBack(_ name: EnvironmentName, to registration: Registration) -> Bool {
        guard past.policy == today.policy, past.stateBranch == today.stateBranch,
            past.stateDirectory.path == today.stateDirectory.path,
            past.environments.map(\.name) == today.environments.map(\.name)
        else { return false }
        return zip(past.environments, today.environments).allSatisfy { past, today in
            guard Self.isAlike(past, today) else { return false }
            guard past.name == name else {
                return past.registration == today.registration
                    && past.webhookSecrets == today.webhookSecrets
            }
            return past.registration == registration
                && past.webhookSecrets.allSatisfy { name, reference in
                    today.webhookSecrets[name].map { $0 == reference } ?? true
                }
        }
    }

    /// Whether they are declared alike, but for what is registered.
    private static func isAlike(_ one: Environment, _ other: Environment) -> Bool {
        one.credentials == other.credentials && one.isProtected == other.isProtected
            && one.reassertAfter == other.reassertAfter && one.timeout == other.timeout
            && one.certificateAuthorityFile?.path == other.certificateAuthorityFile?.path
            && one.probe == other.probe && one.probeHeaders == other.probeHeaders
    }
}
