import NIOCore
import Testing
import TestSupport

struct HostileServerTests {
    private struct Failure: Error {}

    @Test func `a base URL names scheme, host and port`() async throws {
        try await withHostileServer(script: []) { server in
            #expect(server.baseURL == "http://127.0.0.1:\(server.port)")
        }
        let tls = TLSSetup(identity: try TestCertificateAuthority().issue())
        try await withHostileServer(tls: tls, host: .name, script: []) { server in
            #expect(server.baseURL == "https://localhost:\(server.port)")
        }
    }

    @Test func `a list answers in order and repeats its last`() async throws {
        try await withHostileServer(script: [.respond(500), .respond(200)]) { server in
            let client = RawClient(port: server.port)
            for status in [500, 200, 200] {
                let answer = try await client.exchange(limit: 12)
                #expect(answer.text.hasPrefix("HTTP/1.1 \(status)"))
            }
        }
    }

    @Test func `a closure answers by what the request holds`() async throws {
        let script = Script { request in
            .respond(200, body: "\(request.number) \(request.path)").thenClose
        }
        try await withHostileServer(script: script) { server in
            let client = RawClient(port: server.port)
            let bodies = [try await client.exchange().body, try await client.exchange().body]
            #expect(bodies == ["0 /path?query", "1 /path?query"])
        }
    }

    @Test func `the empty script closes without an answer`() async throws {
        try await withHostileServer(script: []) { server in
            let answer = try await RawClient(port: server.port).exchange()
            #expect(answer.text.isEmpty)
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [
        "content-length: 5\r\n\r\nhello",
        "transfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
    ])
    func `a request is recorded as it was sent`(framing: String) async throws {
        try await withHostileServer(script: [.respond(200).thenClose]) { server in
            let text = "POST /a%20b?c HTTP/1.1\r\nX-One: 1\r\nx-two: 2\r\nX-one: 3\r\n" + framing
            _ = try await RawClient(port: server.port).exchange(text)
            let request = try #require(server.requests.first)
            #expect(request.method == "POST")
            #expect(request.path == "/a%20b?c")
            #expect(request.headers.prefix(3).map(\.name) == ["X-One", "x-two", "X-one"])
            #expect(request.headers.prefix(3).map(\.value) == ["1", "2", "3"])
            #expect(request.header("x-ONE") == "1")
            #expect(request.header("x-three") == nil)
            #expect(request.body == "hello")
            #expect(server.bytesReceived == text.utf8.count)
        }
    }

    @Test func `requests on one connection are told from those on another`() async throws {
        let script: Script = [.respond(200), .respond(200).thenClose]
        try await withHostileServer(script: script) { server in
            let client = RawClient(port: server.port)
            let both = try await client.exchange(RawClient.get + RawClient.get)
            #expect(both.text.split(separator: "HTTP/1.1 200 OK").count == 2)
            _ = try await client.exchange()
            #expect(server.requests.map(\.connection) == [0, 0, 1])
            #expect(server.requests.map(\.number) == [0, 1, 2])
            #expect(server.connectionCount == 2)
            #expect(server.requestsStarted == 3)
        }
    }

    @Test func `a CONNECT request to a proxy is recorded`() async throws {
        try await withHostileServer(script: [.respond(407).thenClose]) { server in
            let text = "CONNECT a.example:443 HTTP/1.1\r\nhost: a.example\r\n\r\n"
            let answer = try await RawClient(port: server.port).exchange(text)
            #expect(answer.text.hasPrefix("HTTP/1.1 407 "))
            #expect(server.requests.first?.method == "CONNECT")
            #expect(server.requests.first?.path == "a.example:443")
        }
    }

    @Test func `what is no request is counted in bytes only, and cut off`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let answer = try await RawClient(port: server.port).exchange("\u{16}nonsense\r\n\r\n")
            #expect(answer.text.isEmpty)
            #expect(server.bytesReceived == 13)
            #expect(server.requestsStarted == 0)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `requests can be awaited one by one`() async throws {
        try await withHostileServer(script: [.respond(200).thenClose]) { server in
            async let first = server.nextRequest()
            _ = try await RawClient(port: server.port).exchange()
            #expect(try await first.number == 0)
            _ = try await RawClient(port: server.port).exchange()
            #expect(try await server.nextRequest().number == 1)
        }
    }

    @Test func `several who wait each get a request of their own`() async throws {
        try await withHostileServer(script: [.respond(200).thenClose]) { server in
            async let one = server.nextRequest().number
            async let other = server.nextRequest().number
            for _ in 0..<2 { _ = try await RawClient(port: server.port).exchange() }
            #expect(try await [one, other].sorted() == [0, 1])
        }
    }

    @Test func `who waits for a request is woken by the stop`() async throws {
        try await withHostileServer(script: []) { server in
            async let stopping: Void = server.stop()
            await #expect(throws: HostileServerError.stopped) {
                _ = try await server.nextRequest()
            }
            await stopping
        }
    }

    @Test func `a stopped server refuses connections and cuts idle ones`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let client = RawClient(port: server.port)
            async let idle = client.exchange()
            _ = try await server.nextRequest()
            await server.stop()
            #expect(try await idle.ending == .closed)
            await #expect(throws: (any Error).self) { _ = try await client.exchange() }
            #expect(server.requests.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a failure in the test stops the server and is passed on`() async throws {
        var connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>?
        await #expect(throws: Failure.self) {
            try await withHostileServer(script: [.neverAnswer]) { server in
                connection = try await RawClient(port: server.port).connect()
                throw Failure()
            }
        }
        // Its port may be another test's by now; a connection to it ends with the server only.
        try await connection?.executeThenClose { inbound, _ in
            do {
                for try await _ in inbound {}
            } catch is IOError {
                // Reset, as it was never accepted.
            }
        }
    }
}
