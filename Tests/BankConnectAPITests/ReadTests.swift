import BankConnectAPI
import BankhookModel
import SourceText
import TestSupport
import Testing

/// The calls that ask and change nothing.
struct ReadTests {
    private static func request(
        _ call: ReadRequest.Call, to base: String, timeout: Int = 30
    ) throws -> ReadRequest {
        let environment = Environment(
            name: try #require(EnvironmentName("uat")),
            registration: Registration(
                baseURL: try BaseURL(base), flow: .entity,
                webhookURL: try WebhookURL("https://hooks.lender.example/a"), mode: .netBanking),
            credentials: CredentialReferences(
                apiKey: .variable("KEY"), serverHash: .variable("HASH")),
            webhookSecrets: [:], isProtected: false, reassertAfter: nil,
            timeout: TimeSpan(seconds: timeout), certificateAuthorityFile: nil,
            file: SourceFile(path: "bankhook.yaml", bytes: []), range: SourceRange(at: .start))
        return ReadRequest(
            call, at: environment,
            credentials: Credentials(
                apiKey: try #require(Secret("key-1")), serverHash: try #require(Secret("hash-1"))))
    }

    private static func answer(
        _ script: Script, timeout: Int = 30, call: ReadRequest.Call? = nil
    ) async throws -> (answer: Answer, requests: [ReceivedRequest]) {
        let link = try #require(BankConnectID("l"))
        return try await withHostileServer(script: script) { server in
            let request = try request(
                call ?? .webhookPayloads(link: link), to: server.baseURL, timeout: timeout)
            let answer = try await HTTPCaller.withCaller(
                trustRoots: nil, connections: 1, userAgent: "bankhook/test"
            ) { await BankConnectReader($0).read(request) }
            return (answer, server.requests)
        }
    }

    @Test func `a list is asked for by link, with both credentials and nothing else`() async throws
    {
        let (_, requests) = try await Self.answer([.respond(200)])
        let request = try #require(requests.first)
        #expect(request.method == "GET" && request.body.isEmpty)
        #expect(request.path == "/bank-connect/v1/entity/webhook_payloads/?link_id=l")
        let names = request.headers.map { $0.name.lowercased() }.sorted()
        #expect(names == ["accept", "host", "server-hash", "user-agent", "x-api-key"])
    }

    @Test(arguments: [
        ("a/b?c&d=e#f", "a%2Fb%3Fc%26d%3De%23f"), ("é %", "%C3%A9%20%25"), ("..%2f", "..%252f"),
        ("A-z_0.9~", "A-z_0.9~"), ("\u{1F600}", "%F0%9F%98%80"),
    ])
    func `an id is one value, whatever it holds`(id: String, encoded: String) async throws {
        let id = try #require(BankConnectID(id))
        let list = try await Self.answer([.respond(200)], call: .webhookPayloads(link: id))
        #expect(
            list.requests.first?.path
                == "/bank-connect/v1/entity/webhook_payloads/?link_id=\(encoded)")
        let progress = try await Self.answer([.respond(200)], call: .transactions(entity: id))
        #expect(
            progress.requests.first?.path == "/bank-connect/v1/entity/\(encoded)/transactions/")
    }

    @Test(arguments: ["", ".", "..", " a", "a ", "a\nb", "a\u{202E}", "\u{0}"])
    func `what is no id is none`(text: String) {
        #expect(BankConnectID(text) == nil)
        #expect(BankConnectID(String(repeating: "x", count: 513)) == nil)
    }

    @Test func `ids that Unicode calls equivalent are two`() throws {
        let ids = ["caf\u{E9}", "cafe\u{301}"].compactMap(BankConnectID.init)
        #expect(Set(ids).count == 2)
    }

    @Test func `more of an answer is read than of an update's, and a longer one shows`()
        async throws
    {
        let long = String(repeating: " ", count: 1 << 20)
        let (whole, _) = try await Self.answer([.respond(200, body: long)])
        guard case .response(let response) = whole else {
            Issue.record("\(whole)")
            return
        }
        #expect(response.body.bytes.count == 1 << 20)
        let (endless, _) = try await Self.answer([.endlessBody(limit: 1 << 28)])
        guard case .response(let response) = endless else {
            Issue.record("\(endless)")
            return
        }
        #expect(response.body.bytes.count == ReadRequest.answerLimit + 1)
    }

    @Test func `a redirect is an answer: the keys do not travel`() async throws {
        try await withHostileServer(script: [.respond(200)]) { other in
            let (answer, _) = try await Self.answer([.redirect(to: other.baseURL + "/x")])
            #expect(answer.status == 307)
            #expect(other.requestsStarted == 0)
        }
    }

    @Test func `an answer that drips is a time-out`() async throws {
        let (answer, _) = try await Self.answer([.dripBody(.milliseconds(50))], timeout: 2)
        #expect(answer == .timedOut)
    }

    @Test func `less time that is left is less time for the exchange`() throws {
        let link = try #require(BankConnectID("l"))
        let request = try Self.request(.webhookPayloads(link: link), to: "http://127.0.0.1:1")
        #expect(request.ending(within: .milliseconds(2_500)).timeout.seconds == 3)
        #expect(request.ending(within: .zero).timeout.seconds == 1)
        #expect(request.ending(within: .seconds(99)).timeout.seconds == 30)
    }
}
