/// The two values that identify an account to BankConnect.
package struct Credentials: Hashable, Sendable {
    package let apiKey: Secret
    package let serverHash: Secret

    package init(apiKey: Secret, serverHash: Secret) {
        self.apiKey = apiKey
        self.serverHash = serverHash
    }
}

/// Where an account's two values are to be found.
package struct CredentialReferences: Hashable, Sendable {
    package let apiKey: SecretReference
    package let serverHash: SecretReference

    package init(apiKey: SecretReference, serverHash: SecretReference) {
        self.apiKey = apiKey
        self.serverHash = serverHash
    }
}
