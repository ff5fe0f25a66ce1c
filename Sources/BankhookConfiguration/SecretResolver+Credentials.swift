package import BankhookModel

extension SecretResolver {
    /// An account's two values, or why they are not at hand.
    package enum CredentialResolution: Sendable {
        case atHand(Credentials)
        case missing([Problem])
    }

    /// Finds the credentials alone, for calls that need no webhook secret.
    package func credentials(of environment: Environment) -> CredentialResolution {
        var problems = [Problem]()
        let apiKey = secret(
            environment.credentials.apiKey, field: "credentials.api_key", into: &problems)
        let serverHash = secret(
            environment.credentials.serverHash, field: "credentials.server_hash", into: &problems)
        guard let apiKey, let serverHash else { return .missing(problems) }
        return .atHand(Credentials(apiKey: apiKey, serverHash: serverHash))
    }
}
