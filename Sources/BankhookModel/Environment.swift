package import SourceText

/// One environment as the configuration declares it, complete and checked.
package struct Environment: Sendable {
    package let name: EnvironmentName
    package let registration: Registration
    package let credentials: CredentialReferences
    /// The secrets that fill the URL's placeholders: exactly those that it uses.
    package let webhookSecrets: [String: SecretReference]
    /// Changed only with `--allow protected`.
    package let isProtected: Bool
    /// Send again when the record is older than this.
    package let reassertAfter: TimeSpan?
    /// For one request, from connecting to the last byte of the answer.
    package let timeout: TimeSpan
    /// Extra trust roots for this environment's API host.
    package let certificateAuthorityFile: ReferencedPath?
    /// Whether its endpoint is tried before it is registered.
    package let probe: ProbeMode
    /// What probes send beside their own headers, by name.
    package let probeHeaders: [String: SecretReference]
    /// Where its key stands in the configuration.
    package let file: SourceFile
    package let range: SourceRange

    package init(
        name: EnvironmentName, registration: Registration, credentials: CredentialReferences,
        webhookSecrets: [String: SecretReference], isProtected: Bool, reassertAfter: TimeSpan?,
        timeout: TimeSpan, certificateAuthorityFile: ReferencedPath?, probe: ProbeMode = .off,
        probeHeaders: [String: SecretReference] = [:], file: SourceFile, range: SourceRange
    ) {
        self.name = name
        self.registration = registration
        self.credentials = credentials
        self.webhookSecrets = webhookSecrets
        self.isProtected = isProtected
        self.reassertAfter = reassertAfter
        self.timeout = timeout
        self.certificateAuthorityFile = certificateAuthorityFile
        self.probe = probe
        self.probeHeaders = probeHeaders
        self.file = file
        self.range = range
    }
}
