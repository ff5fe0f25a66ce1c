import BankhookModel
import SourceText

/// What tells the environments of a simulation apart.
struct SimulatedEnvironment {
    /// Names it, and gives it a time-out of its own, by which the server knows it.
    var number: Int
    var account = 0
    var flow = Flow.entity
    var baseURL = BaseURL.production
    /// 0 has no secret in it.
    var url = 1
    var mode = 1
    var token = 0
    var isReasserted = false
    var probe = ProbeMode.off

    private struct Malformed: Error {}

    func desired() throws -> DesiredEnvironment {
        guard let name = EnvironmentName("e\(number)"), let mode = WebhookMode(rawValue: mode),
            let key = Secret("key-of-account-\(account)"),
            let hash = Secret("hash-of-account-\(account)"),
            let token = Secret("token-number-\(token)-of-\(account)")
        else { throw Malformed() }
        let hasToken = url > 0
        let webhookURL = "https://hooks.lender.example/\(url)" + (hasToken ? "/{token}" : "")
        return DesiredEnvironment(
            environment: Environment(
                name: name,
                registration: Registration(
                    baseURL: try BaseURL(baseURL), flow: flow,
                    webhookURL: try WebhookURL(webhookURL), mode: mode),
                credentials: CredentialReferences(
                    apiKey: .variable("KEY"), serverHash: .variable("HASH")),
                webhookSecrets: hasToken ? ["token": .variable("TOKEN")] : [:],
                isProtected: false,
                reassertAfter: isReasserted ? TimeSpan(seconds: 86_400) : nil,
                timeout: TimeSpan(seconds: 10 + number), certificateAuthorityFile: nil,
                probe: probe, file: SourceFile(path: "bankhook.yaml", bytes: []),
                range: SourceRange(at: .start)),
            secrets: SecretValues(
                credentials: Credentials(apiKey: key, serverHash: hash),
                webhookSecrets: hasToken ? ["token": token] : [:]))
    }
}
