import BankConnectAPI
import BankhookDelivery
import BankhookModel
import Synchronization
import TestSupport
import Testing

/// A URL that answers how many webhooks arrived.
struct CountSourceTests {
    private static func response(_ status: Int, _ body: String) -> Answer {
        .response(
            .init(status: status, body: AnswerBody(bytes: Array(body.utf8), contentType: nil)))
    }

    /// A source whose URL gives these answers, one after the other.
    private static func source(_ answers: [Answer]) throws -> CountSource {
        let rest = Answers(answers)
        let url = try EndpointURL("https://hooks.lender.example/canary?token=canary")
        return CountSource(url) { _ in rest.next() }
    }

    private final class Answers: Sendable {
        private let rest: Mutex<[Answer]>
        init(_ answers: [Answer]) { rest = Mutex(answers) }
        func next() -> Answer {
            rest.withLock { $0.isEmpty ? .reset : $0.removeFirst() }
        }
    }

    private static func look(from first: String, to second: Answer) async throws -> DeliveryLook {
        let source = try source([response(200, first), second])
        try await source.begin()
        return await source.look(within: .seconds(1))
    }

    @Test(arguments: [
        ("3", "4"), ("0", " 1\n"), (#"{"count": 3}"#, "9"), ("3", #"{"count": 4, "since": "x"}"#),
    ])
    func `a count that grew is a delivery`(first: String, second: String) async throws {
        let look = try await Self.look(from: first, to: Self.response(200, second))
        #expect(look == .delivered(.counted))
    }

    @Test func `the same count is nothing, and a lower one no baseline any more`() async throws {
        #expect(
            try await Self.look(from: "3", to: Self.response(200, "3"))
                == .nothing(passedOver: 0))
        guard case .lost(let problem) = try await Self.look(from: "3", to: Self.response(200, "2"))
        else {
            Issue.record("it is not noticed")
            return
        }
        #expect(problem.message.contains("went down from 3 to 2"))
    }

    @Test func `what was counted before the registration does not count`() async throws {
        let moment = Timestamp(secondsSinceEpoch: 0)
        let source = try Self.source(["3", "5", "5", "6"].map { Self.response(200, $0) })
        try await source.begin()
        await source.registered(at: moment)
        #expect(await source.look(within: .seconds(1)) == .nothing(passedOver: 2))
        #expect(await source.look(within: .seconds(1)) == .delivered(.counted))
    }

    @Test func `where it could not be read at the registration the same count is no silence`()
        async throws
    {
        let source = try Self.source([
            Self.response(200, "3"), .reset, Self.response(200, "5"), Self.response(200, "5"),
            Self.response(200, "6"),
        ])
        try await source.begin()
        await source.registered(at: Timestamp(secondsSinceEpoch: 0))
        for _ in 1...2 {
            guard case .failed(let problem) = await source.look(within: .seconds(1)) else {
                Issue.record("what came before the first look is not known")
                return
            }
            #expect(problem.message.contains("could not be read when the URL was registered"))
        }
        #expect(await source.look(within: .seconds(1)) == .delivered(.counted))
    }

    static let failures = [
        Self.response(500, "9"), Self.response(201, "9"), Self.response(302, "9"),
        Self.response(404, ""), Self.response(200, ""), Self.response(200, "-1"),
        Self.response(200, "1.5"), Self.response(200, #""9""#), Self.response(200, "[9]"),
        Self.response(200, #"{"counts": 9}"#), Self.response(200, #"{"count": "9"}"#),
        Self.response(200, #"{"count": 9, "count": 9}"#), Self.response(200, "<html>9"),
        Self.response(200, "9" + String(repeating: " ", count: 64 << 10)),
        .connectionRefused, .connectTimedOut, .nameNotFound, .tlsFailed("old"), .reset, .timedOut,
    ]

    @Test(arguments: failures)
    func `anything else is no count: refused at first, and a failed look later`(answer: Answer)
        async throws
    {
        let first = try Self.source([answer])
        await #expect(throws: WatchProblem.self) { try await first.begin() }
        guard case .failed(let problem) = try await Self.look(from: "3", to: answer) else {
            Issue.record("it counts")
            return
        }
        #expect(problem.message.contains("https://hooks.lender.example"))
        #expect(!"\(problem)".contains("canary"))
    }

    @Test func `it is asked by a GET without keys, and no redirect is followed`() async throws {
        let script: Script = [.respond(200, body: "7"), .redirect(to: "/elsewhere")]
        try await withHostileServer(script: script) { server in
            let url = try EndpointURL(server.baseURL + "/count?token=canary")
            try await HTTPCaller.withCaller(
                trustRoots: nil, connections: 1, userAgent: "bankhook/test"
            ) { caller in
                let source = CountSource(url, by: caller)
                try await source.begin()
                guard case .failed(let problem) = await source.look(within: .seconds(5)) else {
                    Issue.record("a redirect counts")
                    return
                }
                #expect(problem.message.contains("a redirect, which is not followed"))
            }
            #expect(server.requests.map(\.path) == ["/count?token=canary", "/count?token=canary"])
            let request = try #require(server.requests.first)
            #expect(request.method == "GET")
            #expect(request.header("x-api-key") == nil && request.header("server-hash") == nil)
            #expect(request.header("authorization") == nil)
        }
    }

    @Test(arguments: [
        "http://hooks.lender.example/count", "https://user:key@hooks.lender.example/count",
        "ftp://hooks.lender.example/", "https://",
    ])
    func `a URL is https, or http on this machine, and has no user info`(text: String) {
        #expect(throws: URLProblem.self) { try EndpointURL(text) }
    }
}
