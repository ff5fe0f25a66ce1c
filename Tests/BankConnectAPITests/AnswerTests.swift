import BankConnectAPI
import TestSupport
import Testing

struct AnswerTests {
    @Test(arguments: [
        200, 201, 202, 204, 303, 304, 400, 401, 403, 404, 408, 425, 429, 500, 501, 599,
    ])
    func `a status arrives as it is`(status: Int) async throws {
        let attempt = try await API.attempt([.respond(status)])
        #expect(attempt.answer.status == status)
        #expect(attempt.requests.count == 1)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `no redirect is followed, and another host sees no connection`(status: Int) async throws {
        try await withHostileServer(script: [.respond(200)]) { other in
            for target in ["/bank-connect/v1/entity/update_webhook/", other.baseURL + "/x"] {
                let attempt = try await API.attempt([.redirect(to: target, status: status)])
                #expect(attempt.answer.status == status)
                #expect(attempt.requests.count == 1 && attempt.connections == 1)
            }
            #expect(other.connectionCount == 0)
        }
    }

    @Test(arguments: [100, 102, 103])
    func `an interim answer is skipped`(status: Int) async throws {
        let interim = Behaviour.respondRaw("HTTP/1.1 \(status) Interim\r\n\r\n")
        let attempt = try await API.attempt([interim.then(interim).then(.respond(400))])
        #expect(attempt.answer.status == 400)
        #expect(attempt.requests.count == 1)
    }

    @Test func `switching protocols is the answer`() async throws {
        let attempt = try await API.attempt([
            .respondRaw(
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"
            )
            .thenClose
        ])
        #expect(attempt.answer.status == 101)
    }

    @Test func `body, type and wait come with the answer`() async throws {
        let attempt = try await API.attempt([
            .respond(
                429, headers: ["content-type": "application/json", "retry-after": "7"], body: "{}")
        ])
        let response = try #require(attempt.response)
        #expect(
            response
                == Answer.Response(
                    status: 429,
                    body: AnswerBody(bytes: Array("{}".utf8), contentType: "application/json"),
                    retryAfter: .seconds(7)))
    }

    @Test func `a body without a length ends with the connection`() async throws {
        let attempt = try await API.attempt([
            .respondRaw("HTTP/1.1 200 OK\r\n\r\nhello").thenClose
        ])
        #expect(attempt.response?.body.text == "hello")
    }

    @Test(arguments: [65_535, 65_536, 65_537, 200_000])
    func `64 KiB of a body are read`(count: Int) async throws {
        let text = String(repeating: "a", count: count)
        let attempt = try await API.attempt([.respond(200, body: text)])
        #expect(attempt.response?.body.bytes.count == min(count, 65_536))
    }

    @Test func `an endless body is left`() async throws {
        let attempt = try await API.attempt([.endlessBody()])
        #expect(attempt.answer.status == 200)
        #expect(attempt.response?.body.bytes.count == 65_536)
    }

    @Test func `a body that announces ten gigabytes is left`() async throws {
        let start = String(repeating: "a", count: 100_000)
        let attempt = try await API.attempt([
            .respond(200, headers: ["content-length": "10000000000"], body: start)
        ])
        #expect(attempt.answer.status == 200)
        #expect(attempt.response?.body.bytes.count == 65_536)
    }

    @Test func `a compressed bomb is not unpacked`() async throws {
        let attempt = try await API.attempt([.compressedBomb])
        let body = try #require(attempt.response?.body)
        #expect(body.bytes.count == 65_536)
        #expect(body.bytes.starts(with: [0x1F, 0x8B]))
    }
}
