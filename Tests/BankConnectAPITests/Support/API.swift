import BankConnectAPI
import BankhookModel
import SourceText
import TestSupport
import Testing

/// Requests for a server of the test's own, and a client that sends them.
enum API {
    static let token = "tok~0123456789.abcdef"

    static func request(
        to base: String, flow: Flow = .entity, mode: WebhookMode = .netBanking,
        timeout: Int = 30, authorities: String? = nil
    ) throws -> UpdateWebhookRequest {
        let environment = Environment(
            name: try #require(EnvironmentName("uat")),
            registration: Registration(
                baseURL: try BaseURL(base), flow: flow,
                webhookURL: try WebhookURL("https://hooks.lender.example/a/{token}?q=1"),
                mode: mode),
            credentials: CredentialReferences(
                apiKey: .variable("KEY"), serverHash: .variable("HASH")),
            webhookSecrets: ["token": .variable("TOKEN")], isProtected: false,
            reassertAfter: nil, timeout: TimeSpan(seconds: timeout),
            certificateAuthorityFile: authorities.map { ReferencedPath(written: $0, path: $0) },
            file: SourceFile(path: "bankhook.yaml", bytes: []), range: SourceRange(at: .start))
        let secrets = SecretValues(
            credentials: Credentials(
                apiKey: try #require(Secret("key-1")), serverHash: try #require(Secret("hash-1"))),
            webhookSecrets: ["token": try #require(Secret(token))])
        return try #require(UpdateWebhookRequest(environment, secrets: secrets))
    }

    /// Gives `body` a client without trust roots of its own.
    static func withClient<Value>(
        connections: Int = 4, _ body: (BankConnectClient) async throws -> Value
    ) async throws -> Value {
        try await BankConnectClient.withClient(
            trustRoots: nil, connections: connections, userAgent: "bankhook/test", body)
    }

    /// What one attempt at a plain server with that script comes to, and what the server saw.
    static func attempt(
        _ script: Script, timeout: Int = 30, mode: WebhookMode = .netBanking
    ) async throws -> Attempt {
        try await withHostileServer(script: script) { server in
            let request = try request(to: server.baseURL, mode: mode, timeout: timeout)
            let answer = try await withClient { await $0.update(request) }
            return Attempt(
                answer: answer, requests: server.requests, connections: server.connectionCount)
        }
    }

    /// The same over TLS with a certificate that the request trusts.
    static func attemptOverTLS(_ script: Script, timeout: Int = 30) async throws -> Attempt {
        let authority = try TestCertificateAuthority()
        return try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let tls = TLSSetup(identity: try authority.issue())
            return try await withHostileServer(tls: tls, script: script) { server in
                let request = try request(
                    to: server.baseURL, timeout: timeout, authorities: file)
                let answer = try await withClient { await $0.update(request) }
                return Attempt(
                    answer: answer, requests: server.requests,
                    connections: server.connectionCount)
            }
        }
    }
}

/// What came of one attempt, at both ends.
struct Attempt {
    let answer: Answer
    let requests: [ReceivedRequest]
    let connections: Int

    /// The status line's number and what came with it.
    var response: Answer.Response? {
        guard case .response(let response) = answer else { return nil }
        return response
    }
}
