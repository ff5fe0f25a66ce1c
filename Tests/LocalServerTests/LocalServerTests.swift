import Hummingbird
import HummingbirdTesting
import LocalServer
import Logging
import NIOCore
import NIOPosix
import Testing

@Suite(.timeLimit(.minutes(5))) struct LocalServerTests {
    /// Answers after a time that is much longer than these tests let a connection idle.
    private struct SlowResponder: HTTPResponder {
        let delay: Duration

        func respond(to request: Request, context: ConnectionContext) async throws -> Response {
            try await Task.sleep(for: delay)
            return Response(status: .ok)
        }
    }

    /// Runs a server on a free port for as long as the body runs, with its base URL.
    private func withServer(
        host: String = "127.0.0.1", delay: Duration = .zero, idleTimeout: Duration? = nil,
        _ body: (String) async throws -> Void
    ) async throws {
        let server = LocalServer(
            responder: SlowResponder(delay: delay), address: ListenAddress(host: host, port: 0),
            idleTimeout: idleTimeout, grace: .zero,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (urls, listening) = AsyncStream.makeStream(of: String.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { listening.yield($0) } }
            var iterator = urls.makeAsyncIterator()
            try await body(try #require(await iterator.next()))
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func port(of url: String) throws -> Int {
        try #require(url.split(separator: ":").last.flatMap { Int($0) })
    }

    @Test func `the URL of a server on every interface is one to connect to`() async throws {
        try await withServer(host: "0.0.0.0") { url in
            #expect(url.hasPrefix("http://127.0.0.1:"))
            let client = TestClient(host: "127.0.0.1", port: try port(of: url))
            client.connect()
            let answer = try await client.get("/")
            #expect(answer.status == .ok)
        }
    }

    @Test func `a connection that brings nothing is closed`() async throws {
        try await withServer(idleTimeout: .milliseconds(20)) { url in
            let client = TestClient(host: "127.0.0.1", port: try port(of: url))
            client.connect()
            try await client.getChannel().closeFuture.get()
        }
    }

    @Test func `an answer may take longer than a connection may idle`() async throws {
        try await withServer(delay: .seconds(3), idleTimeout: .seconds(2)) { url in
            let client = TestClient(host: "127.0.0.1", port: try port(of: url))
            client.connect()
            let answer = try await client.get("/")
            #expect(answer.status == .ok)
        }
    }

    @Test func `connections that nobody has served yet do not take the process down`()
        async throws
    {
        for _ in 0..<20 {
            try await withServer { url in
                let port = try port(of: url)
                // All of them are accepted, and only some of them served, when the server ends.
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<30 {
                        group.addTask {
                            _ = try await ClientBootstrap(
                                group: .singletonMultiThreadedEventLoopGroup
                            )
                            .connect(host: "127.0.0.1", port: port).get()
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func `a port in use is an error that says so`() async throws {
        try await withServer { url in
            let address = ListenAddress(host: "127.0.0.1", port: try port(of: url))
            let second = LocalServer(
                responder: SlowResponder(delay: .zero), address: address, grace: .zero,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let error = await #expect(throws: ListenError.portInUse(address)) {
                try await second.run { _ in }
            }
            #expect("\(error as Any)".contains("choose another"))
        }
    }
}
