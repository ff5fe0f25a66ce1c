#if canImport(Glibc)
    import Glibc
#endif
import NIOCore
import Subprocess
import Testing
import TestSupport

struct BehaviourTests {
    @Test func `a plain answer is well formed`() async throws {
        let answer = try await exchange([
            .respond(200, headers: ["a": "b"], body: "ü").thenClose
        ])
        #expect(answer.text == "HTTP/1.1 200 OK\r\na: b\r\ncontent-length: 2\r\n\r\nü")
        #expect(answer.ending == .closed)
    }

    @Test func `an answer without a body has no length`() async throws {
        let answer = try await exchange([.respond(204).thenClose])
        #expect(answer.text == "HTTP/1.1 204 No Content\r\n\r\n")
    }

    @Test(arguments: ["garbage\u{0}\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"])
    func `raw text is sent as it is`(text: String) async throws {
        #expect(try await exchange([.respondRaw(text).thenClose]).text == text)
        #expect(try await exchange([.respondRaw(Array(text.utf8)).thenClose]).text == text)
    }

    @Test func `a redirect names its target`() async throws {
        let answer = try await exchange([.redirect(to: "https://b.example/", status: 308).thenClose]
        )
        #expect(answer.text.hasPrefix("HTTP/1.1 308 Permanent Redirect\r\nlocation: https://b.ex"))
    }

    @Test(arguments: [false, true])
    func `an end before the answer is of the kind it says`(tls: Bool) async throws {
        let closed = try await exchange([.closeBeforeAnswer], tls: tls)
        #expect(closed.text.isEmpty)
        #expect(closed.ending == .closed)
        let cut = try await exchange([.cutBeforeAnswer], tls: tls)
        #expect(cut.text.isEmpty)
        #expect(cut.ending == (tls ? .truncated : .closed))
        let reset = try await exchange([.resetBeforeAnswer], tls: tls)
        #expect(reset.text.isEmpty)
        #expect(reset.ending == .failed(ECONNRESET))
    }

    @Test(arguments: [false, true])
    func `an end in the middle of the body is of the kind it says`(tls: Bool) async throws {
        let closed = try await exchange([.closeMidBody], tls: tls)
        #expect(closed.text.contains("content-length: 100\r\n"))
        #expect(closed.body == #"{"message""#)
        #expect(closed.ending == .closed)
        let cut = try await exchange([.cutMidBody], tls: tls)
        #expect(cut.body == #"{"message""#)
        #expect(cut.ending == (tls ? .truncated : .closed))
        let reset = try await exchange([.resetMidBody], tls: tls)
        #expect(reset.ending == .failed(ECONNRESET))
    }

    @Test(arguments: [false, true])
    func `no answer comes until the server stops`(tls: Bool) async throws {
        try await withServer([.neverAnswer], tls: tls) { server, client in
            async let answer = client.exchange()
            _ = try await server.nextRequest()
            await server.stop()
            #expect(try await answer.text.isEmpty)
            #expect(try await answer.ending == (tls ? .truncated : .closed))
        }
    }

    @Test func `headers drip on for ever`() async throws {
        let answer = try await exchange([.dripHeaders(.microseconds(100))], limit: 200)
        #expect(answer.text.hasPrefix("HTTP/1.1 200 OK\r\nx-drip: aaaaa"))
        #expect(answer.ending == .leftByClient)
    }

    @Test func `a body drips on for ever`() async throws {
        let answer = try await exchange([.dripBody(.microseconds(100))], limit: 400)
        #expect(answer.body.hasPrefix("1\r\na\r\n1\r\na\r\n"))
        #expect(answer.ending == .leftByClient)
    }

    @Test func `a drip ends when the server stops`() async throws {
        try await withServer([.dripBody(.seconds(3_600))]) { server, client in
            async let answer = client.exchange()
            _ = try await server.nextRequest()
            await server.stop()
            #expect(try await answer.ending == .closed)
        }
    }

    @Test(arguments: [false, true])
    func `an endless body fills the client as long as it reads`(tls: Bool) async throws {
        let answer = try await exchange([.endlessBody()], tls: tls, limit: 20_000_000)
        #expect(answer.bytes.readableBytes >= 20_000_000)
        #expect(answer.ending == .leftByClient)
    }

    @Test func `an endless body has a limit after all`() async throws {
        let answer = try await exchange([.endlessBody(limit: 0x2_0000)])
        #expect(answer.body.utf8.count == 2 * (0x1_0000 + 9))
        #expect(answer.ending == .closed)
    }

    @Test func `headers are as huge as asked for`() async throws {
        let answer = try await exchange([.hugeHeaders(1_000_000).thenClose])
        #expect(answer.text.hasSuffix("\r\ncontent-length: 0\r\n\r\n"))
        #expect(answer.bytes.readableBytes > 1_000_000)
        #expect(answer.bytes.readableBytes < 1_100_000)
    }

    @Test func `the bomb is sound gzip of 256 MiB`() async throws {
        let answer = try await exchange([.compressedBomb.thenClose])
        #expect(answer.text.contains("content-encoding: gzip\r\n"))
        let bytes = Array(answer.bytes.readableBytesView)
        let start = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8))).upperBound
        let test = try await run(
            .name("gzip"), arguments: ["--test", "--verbose"],
            input: .array(Array(bytes[start...])),
            output: .discarded, error: .string(limit: 1_000))
        #expect(test.terminationStatus.isSuccess, "\(test.standardError)")
        #expect(bytes.count < 300_000)
    }

    @Test func `a delay comes before its answer`() async throws {
        let answer = try await exchange([.delay(.milliseconds(1), then: .respond(503).thenClose)])
        #expect(answer.text.hasPrefix("HTTP/1.1 503 "))
    }

    @Test func `an answer is held until the gate opens`() async throws {
        let gate = Gate()
        let script: Script = [.respondRaw("early ").then(.hold(until: gate, then: .lastWords))]
        try await withServer(script) { server, client in
            try await client.connect().executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: RawClient.get))
                _ = try await server.nextRequest()
                var parts = inbound.makeAsyncIterator()
                var text = ""
                while text.count < 6 {
                    text += String(buffer: try #require(try await parts.next()))
                }
                #expect(text == "early ")
                gate.open()
                while let part = try await parts.next() { text += String(buffer: part) }
                #expect(text == "early late")
            }
        }
    }

    @Test func `a closed gate does not keep the server from stopping`() async throws {
        let gate = Gate()
        try await withServer([.hold(until: gate, then: .respond(200))]) { server, client in
            async let answer = client.exchange()
            _ = try await server.nextRequest()
            await server.stop()
            #expect(try await answer.text.isEmpty)
            gate.open()
        }
    }

    private func exchange(
        _ script: Script, tls: Bool = false, limit: Int = .max
    ) async throws -> RawAnswer {
        try await withServer(script, tls: tls) { _, client in
            try await client.exchange(limit: limit)
        }
    }

    private func withServer<Value>(
        _ script: Script, tls: Bool = false,
        _ body: (HostileServer, RawClient) async throws -> Value
    ) async throws -> Value {
        let authority = tls ? try TestCertificateAuthority() : nil
        let setup = try authority.map { TLSSetup(identity: try $0.issue()) }
        return try await withHostileServer(tls: setup, script: script) { server in
            try await body(server, RawClient(port: server.port, caPEM: authority?.caPEM))
        }
    }
}

extension Behaviour {
    fileprivate static var lastWords: Behaviour { .respondRaw("late").thenClose }
}
