import BankConnectAPI
import BankhookModel
import TestSupport
import Testing

struct RequestTests {
    @Test(arguments: [
        (Flow.entity, "/bank-connect/v1/entity/update_webhook/"),
        (.session, "/bank-connect/v1/session_data/update_webhook/"),
    ])
    func `one POST goes to the flow's path, with both credentials`(
        flow: Flow, path: String
    ) async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let request = try API.request(to: server.baseURL, flow: flow)
            let answer = try await API.withClient { await $0.update(request) }
            #expect(answer.status == 200)
            #expect(server.requests.count == 1 && server.connectionCount == 1)
            let received = try #require(server.requests.first)
            #expect(received.method == "POST")
            #expect(received.path == path)
            let headers = received.headers.map { "\($0.name.lowercased()): \($0.value)" }
            #expect(
                headers.sorted() == [
                    "accept: application/json", "content-length: \(received.body.utf8.count)",
                    "content-type: application/json", "host: 127.0.0.1:\(server.port)",
                    "server-hash: hash-1", "user-agent: bankhook/test", "x-api-key: key-1",
                ])
        }
    }

    @Test(arguments: [
        (Flow.entity, WebhookMode.netBanking), (.entity, .netBankingAndManual),
        (.session, .netBanking), (.session, .netBankingAndManual), (.session, .all),
    ])
    func `the body always holds the mode, 0 included, and the URL with its secrets`(
        flow: Flow, mode: WebhookMode
    ) async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let request = try API.request(to: server.baseURL, flow: flow, mode: mode)
            _ = try await API.withClient { await $0.update(request) }
            #expect(
                server.requests.first?.body == """
                    {
                      "webhook_mode": \(mode.rawValue),
                      "webhook_url": "https://hooks.lender.example/a/\(API.token)?q=1"
                    }

                    """)
        }
    }

    @Test func `a request does not print its secrets`() throws {
        let request = try API.request(to: "http://127.0.0.1:1")
        let text = "\(request) \(String(reflecting: request))"
        #expect(!text.contains("key-1") && !text.contains("hash-1") && !text.contains(API.token))
    }
}
