import BankConnectEmulator
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import LocalServer
import Testing

@Suite(.timeLimit(.minutes(5))) struct ServingTests {
    private let body = #"{"webhook_url":"https://a.example","webhook_mode":1}"#

    private func emulator(
        port: Int = 0, grace: Duration = .seconds(2),
        onRequest: (@Sendable (RequestRecord) -> Void)? = nil
    ) -> Emulator {
        Emulator(
            configuration: EmulatorConfiguration(port: port, grace: grace), logger: quietLogger,
            onRequest: onRequest)
    }

    /// Runs an emulator until the body is over, then cancels its task and waits for its end.
    private func untilCancelled(
        _ emulator: Emulator, _ body: @escaping @Sendable (EmulatorClient) async throws -> Void
    ) async throws {
        let (urls, listening) = AsyncStream.makeStream(of: String.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await emulator.run { listening.yield($0) } }
            var iterator = urls.makeAsyncIterator()
            let url = try #require(await iterator.next())
            try await body(EmulatorClient(baseURL: url))
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `port 0 picks a port and tells the base url once it listens`() async throws {
        try await withEmulator { emulator in
            #expect(emulator.baseURL.hasPrefix("http://127.0.0.1:"))
            #expect(emulator.port > 0)
            let answer = try await emulator.update(body)
            #expect(answer.status == .ok)
        }
    }

    @Test func `a port in use is an error that says so`() async throws {
        try await withEmulator { first in
            await #expect(
                throws: ListenError.portInUse(ListenAddress(host: "127.0.0.1", port: first.port))
            ) {
                try await emulator(port: first.port).run { _ in }
            }
        }
    }

    @Test func `a host that is none of this machine's is an error`() async throws {
        let configuration = EmulatorConfiguration(host: "203.0.113.1", port: 0)
        await #expect(throws: ListenError.self) {
            try await Emulator(configuration: configuration, logger: quietLogger).run { _ in }
        }
    }

    @Test func `cancelling ends the emulator though connections are open`() async throws {
        let request = body
        let connections = AsyncStream.makeStream(of: TestClient.self)
        try await untilCancelled(emulator(grace: .seconds(600))) { client in
            let connection = TestClient(host: "127.0.0.1", port: client.port)
            connection.connect()
            let silent = TestClient(host: "127.0.0.1", port: client.port)
            silent.connect()
            _ = try await silent.getChannel()
            connections.continuation.yield(connection)
            connections.continuation.yield(silent)
            let call = try client.updateRequest(request)
            #expect(try await connection.execute(call).status == .ok)
        }
        connections.continuation.finish()
        for await connection in connections.stream {
            try await connection.getChannel().closeFuture.get()
        }
    }

    @Test func `an answer on its way at the end still arrives`() async throws {
        let (request, answers) = (body, Lines())
        let (urls, listening) = AsyncStream.makeStream(of: String.self)
        let emulator = emulator(grace: .seconds(600))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await emulator.run { listening.yield($0) } }
            var iterator = urls.makeAsyncIterator()
            let client = EmulatorClient(baseURL: try #require(await iterator.next()))
            // Long enough to be on its way below; were it not, nothing would be proven, or fail.
            _ = try await client.setFaults(
                #"[{"path":"\#(EmulatorClient.entityPath)","times":1,"delay_ms":300}]"#)
            async let answer = client.update(request)
            try await client.waitForRequest()
            group.cancelAll()
            answers.append(try await answer.text)
            try await group.waitForAll()
        }
        #expect(answers.all == [#"{"detail":"Webhook updated."}"#])
    }

    @Test func `an answer held back for longer than the grace is cut off`() async throws {
        let request = body
        let lines = Lines()
        let cut = emulator(
            grace: .zero, onRequest: { lines.append($0.status.map(String.init) ?? "-") })
        try await untilCancelled(cut) { client in
            _ = try await client.setFaults(
                #"[{"path":"\#(EmulatorClient.entityPath)","times":1,"delay_ms":600000}]"#)
            let connection = TestClient(host: "127.0.0.1", port: client.port)
            connection.connect()
            try await connection.executeAndDontWaitForResponse(client.updateRequest(request))
            try await client.waitForRequest()
        }
        #expect(lines.all == ["-"])
    }

    @Test func `an emulator that was cancelled before it began just ends`() async throws {
        let emulator = emulator()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { try await emulator.run { _ in } }
            try await group.waitForAll()
        }
    }

    @Test func `an error of the one who waits for the url ends the emulator`() async throws {
        struct Failed: Error {}
        await #expect(throws: Failed.self) {
            try await emulator().run { _ in throw Failed() }
        }
    }
}
