import BankConnectAPI
import BankhookDelivery
import BankhookModel
import FoundationEssentials
import TestSupport
import Testing

/// How endpoints are called. What the connection promises is tested with the API's client too, which
/// shares it; here is what an endpoint's caller relies on.
struct EndpointClientTests {
    @Test func `the body and the headers arrive as they were given`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let url = try EndpointURL(server.baseURL + "/hook?a=1")
            let reply = try await Endpoint.withClient { client in
                await client.post(
                    Array("{}".utf8), to: url, headers: [HTTPHeader("X-Mark", "1")],
                    timeout: TimeSpan(seconds: 30))
            }
            #expect(reply.answer.status == 200)
            #expect(reply.certificateEnd == nil)
            let request = try #require(server.requests.first)
            #expect(request.method == "POST" && request.path == "/hook?a=1")
            #expect(request.body == "{}")
            #expect(request.header("content-type") == "application/json")
            #expect(request.header("content-length") == "2")
            #expect(request.header("x-mark") == "1")
            #expect(request.header("user-agent") == "bankhook/test")
        }
    }

    @Test func `a content type of one's own is the only one`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let url = try EndpointURL(server.baseURL)
            _ = try await Endpoint.withClient { client in
                await client.post(
                    [], to: url, headers: [HTTPHeader("Content-Type", "text/plain")],
                    contentType: nil, timeout: TimeSpan(seconds: 30))
            }
            let types = server.requests[0].headers.filter {
                $0.name.lowercased() == "content-type"
            }
            #expect(types.map(\.value) == ["text/plain"])
        }
    }

    @Test func `a redirect is an answer like any other`() async throws {
        try await withHostileServer(script: [.respond(200)]) { other in
            let script: Script = [.redirect(to: other.baseURL)]
            let answer = try await Endpoint.answer(script)
            #expect(answer.status == 307)
            #expect(other.requestsStarted == 0)
        }
    }

    @Test func `no more than 64 KiB of an answer is read`() async throws {
        let answer = try await Endpoint.answer([
            .respond(200, body: String(repeating: "a", count: 1 << 20))
        ])
        guard case .response(let response) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(response.body.bytes.count == AnswerBody.limit)
    }

    @Test func `failures are told apart`() async throws {
        #expect(try await Endpoint.answer([.neverAnswer], timeout: 2) == .timedOut)
        #expect(try await Endpoint.answer([.dripBody(.milliseconds(50))], timeout: 2) == .timedOut)
        #expect(try await Endpoint.answer([.closeBeforeAnswer]) == .reset)
        try await withUnusedPort { port in
            let url = try EndpointURL("http://127.0.0.1:\(port)/")
            let answer = try await Endpoint.withClient { client in
                await client.post([], to: url, timeout: TimeSpan(seconds: 30)).answer
            }
            #expect(answer == .connectionRefused)
        }
    }

    @Test func `over TLS the end of the certificate is known, whatever the server says`()
        async throws
    {
        let headers: KeyValuePairs = ["bankhook-certificate-end": "1"]
        try await Endpoint.withSecureServer(script: [.respond(200, headers: headers)]) {
            server, roots in
            let url = try EndpointURL(server.baseURL)
            let reply = try await Endpoint.withClient(trustRoots: roots) { client in
                await client.post([], to: url, timeout: TimeSpan(seconds: 30))
            }
            #expect(reply.answer.status == 200)
            let end = try #require(reply.certificateEnd)
            let left = end.seconds(since: Timestamp(Date()))
            // A day and a half from its issue on.
            #expect((120_000...129_601).contains(left))
            #expect(!reply.headers.contains { $0.name == "bankhook-certificate-end" })
        }
    }

    @Test func `without TLS a server cannot claim a certificate`() async throws {
        let headers: KeyValuePairs = ["bankhook-certificate-end": "1"]
        try await withHostileServer(script: [.respond(200, headers: headers)]) { server in
            let url = try EndpointURL(server.baseURL)
            let reply = try await Endpoint.withClient { client in
                await client.post([], to: url, timeout: TimeSpan(seconds: 30))
            }
            #expect(reply.certificateEnd == nil)
        }
    }

    @Test(arguments: CertificateFlaw.allCases)
    func `a flawed certificate is refused before a byte of the request`(flaw: CertificateFlaw)
        async throws
    {
        try await Endpoint.withSecureServer(flaw: flaw, script: [.respond(200)]) { server, roots in
            let url = try EndpointURL(server.baseURL)
            let answer = try await Endpoint.withClient(trustRoots: roots) { client in
                await client.post([1], to: url, timeout: TimeSpan(seconds: 30)).answer
            }
            guard case .tlsFailed = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(server.bytesReceived == 0)
        }
    }
}
