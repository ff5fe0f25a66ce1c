internal import BankhookModel

extension Environment {
    /// Whether something that should be the name of a secret may be the secret, and is hidden.
    var hidesName: Bool {
        references.contains(where: \.hidesName)
    }

    /// Every reference to a secret.
    var references: [SecretReference] {
        [credentials.apiKey, credentials.serverHash] + webhookSecrets.values + probeHeaders.values
    }

    /// The webhook's secrets in the order of their names.
    var sortedSecrets: [(name: String, reference: SecretReference)] {
        webhookSecrets.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The headers of its probes in the order of their names.
    var sortedProbeHeaders: [(name: String, reference: SecretReference)] {
        probeHeaders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension SecretReference {
    /// The key that the configuration has for its kind.
    var kind: String {
        switch self {
        case .variable: "env"
        case .file: "file"
        }
    }
}
