/// Every secret of one environment, all at hand.
package struct SecretValues: Hashable, Sendable {
    package let credentials: Credentials
    /// The webhook secrets that the environment's URL uses, by placeholder name.
    package let webhookSecrets: [String: Secret]
    /// What probes of the environment send beside their own headers, as far as it is at hand.
    package var probeHeaders: [String: Secret] = [:]
    /// Secrets of the whole run, such as a proxy's user info.
    package var shared: [Secret] = []

    package init(credentials: Credentials, webhookSecrets: [String: Secret]) {
        self.credentials = credentials
        self.webhookSecrets = webhookSecrets
    }

    /// Every value, for searching text that is about to be printed.
    package var all: [Secret] {
        [credentials.apiKey, credentials.serverHash] + webhookSecrets.values
            + probeHeaders.values + shared
    }
}
