import BankConnectAPI
import BankhookDelivery
import BankhookModel
import FoundationEssentials
import Logging
import Synchronization
import TestSupport
import LocalServer
import Testing

/// What a listener answers, and what it says of it.
struct ListenerTests {
    private static let entity =
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"completed","reason":""}"#

    /// What was reported, in its order.
    private final class Reports: Sendable {
        private let deliveries = Mutex([Delivery]())

        var all: [Delivery] { deliveries.withLock { $0 } }

        func add(_ delivery: Delivery) { deliveries.withLock { $0.append(delivery) } }
    }

    /// Runs a body while a listener serves, and ends it.
    private func with(
        status: Int = 200, delay: Duration = .zero, forward: ListenConfiguration.Forward? = nil,
        receipts: ReceiptsFile? = nil,
        _ body: @escaping @Sendable (String, EndpointClient, Reports) async throws -> Void
    ) async throws {
        let reports = Reports()
        let listener = Listener(
            configuration: ListenConfiguration(
                port: 0, status: status, delay: delay, forward: forward, receipts: receipts),
            now: { Timestamp(secondsSinceEpoch: 1_800_000_000) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            report: { reports.add($0) })
        let (ready, continuation) = AsyncStream.makeStream(of: String.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run { continuation.yield($0) } }
            group.addTask {
                var urls = ready.makeAsyncIterator()
                let url = try #require(await urls.next())
                try await Endpoint.withClient { try await body(url, $0, reports) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func post(
        _ text: String, to url: String, _ client: EndpointClient,
        type: String? = "application/json", headers: [HTTPHeader] = []
    ) async throws -> HTTPReply {
        await client.post(
            Array(text.utf8), to: try EndpointURL(url), headers: headers, contentType: type,
            timeout: TimeSpan(seconds: 30))
    }

    @Test(arguments: ["", "/", "/any/path?with=query", "/%2F"])
    func `a right payload is answered 200 on any path`(path: String) async throws {
        try await with { url, client, reports in
            let reply = try await post(Self.entity, to: url + path, client)
            #expect(reply.answer.status == 200)
            guard case .payload(let check)? = reports.all.first?.content else {
                Issue.record("no payload")
                return
            }
            #expect(check.problems.isEmpty)
            #expect(reports.all.count == 1 && reports.all[0].status == 200)
            #expect(reports.all[0].oddContentType == nil)
        }
    }

    @Test(arguments: ["{}", "nonsense", "", #"{"entity_id":1}"#])
    func `a wrong one is answered 200 too, and gets no receipt`(text: String) async throws {
        try await withTemporaryDirectory { directory in
            let receipts = try ReceiptsFile(path: directory + "/r")
            try await with(receipts: receipts) { url, client, reports in
                let answer = try await post(text, to: url, client).answer
                #expect(answer.status == 200)
                guard case .impossible? = reports.all.first?.receipt else {
                    Issue.record("\(reports.all)")
                    return
                }
            }
            #expect(try Data(contentsOf: URL(filePath: directory + "/r")).isEmpty)
        }
    }

    @Test(
        arguments: [
            ("application/json", nil), ("Application/JSON; charset=utf-8", nil),
            ("text/plain", "text/plain"), (nil, ""),
        ] as [(String?, String?)])
    func `a content type that the vendor does not send is said`(type: String?, odd: String?)
        async throws
    {
        try await with { url, client, reports in
            let reply = try await post(Self.entity, to: url, client, type: type)
            #expect(reply.answer.status == 200)
            #expect(reports.all.map(\.oddContentType) == [odd])
        }
    }

    @Test func `a body of 1 MiB is read, and a longer one is 413`() async throws {
        try await with { url, client, reports in
            let padding = String(repeating: " ", count: (1 << 20) - Self.entity.utf8.count)
            let longest = try await post(Self.entity + padding, to: url, client)
            #expect(longest.answer.status == 200)
            let longer = try await post(Self.entity + padding + " ", to: url, client)
            #expect(longer.answer.status == 413)
            guard case .tooLarge? = reports.all.last?.content else {
                Issue.record("not too large")
                return
            }
        }
    }

    @Test func `a receipt is in the file once the 200 is there, and none for a probe`()
        async throws
    {
        try await withTemporaryDirectory { directory in
            let receipts = try ReceiptsFile(path: directory + "/r")
            try await with(receipts: receipts) { url, client, reports in
                _ = try await post(Self.entity, to: url, client)
                let lines = try String(
                    decoding: Data(contentsOf: URL(filePath: directory + "/r")), as: UTF8.self)
                #expect(
                    lines == #"{"received_at":"2027-01-15T08:00:00Z","entity_id":"e","#
                        + #""statement_id":"s","link_id":"l","progress":"completed","reason":""}"#
                        + "\n")
                #expect(reports.all.map(\.receipt) == [.written])
                _ = try await post(
                    Self.entity, to: url, client, headers: [HTTPHeader("X-Bankhook-Probe", "1")])
                #expect(reports.all.last?.isProbe == true)
                #expect(reports.all.last?.receipt == .impossible("a probe delivers nothing"))
            }
        }
    }

    @Test func `once the receipts are renamed nothing is answered with 200`() async throws {
        try await withTemporaryDirectory { directory in
            let receipts = try ReceiptsFile(path: directory + "/r")
            try await with(receipts: receipts) { url, client, reports in
                for status in [200, 500, 500] {
                    let answer = try await post(Self.entity, to: url, client).answer
                    #expect(answer.status == status)
                    try? FileManager.default.moveItem(
                        atPath: directory + "/r", toPath: directory + "/r.1")
                }
                guard case .failed(let problem)? = reports.all.last?.receipt else {
                    Issue.record("\(reports.all)")
                    return
                }
                #expect(problem.hasPrefix("\(directory)/r was renamed, replaced or removed"))
                #expect(problem.contains("start this again"))
            }
        }
    }

    @Test func `a status to rehearse with is answered, and gets no receipt`() async throws {
        try await withTemporaryDirectory { directory in
            let receipts = try ReceiptsFile(path: directory + "/r")
            try await with(status: 503, receipts: receipts) { url, client, reports in
                let answer = try await post(Self.entity, to: url, client).answer
                #expect(answer.status == 503)
                #expect(reports.all.map(\.receipt) == [.none])
            }
        }
    }

    // MARK: Forwarding

    private func forward(
        to url: String, _ client: EndpointClient, timeout: Int = 30
    ) throws -> ListenConfiguration.Forward {
        .init(url: try EndpointURL(url), client: client, timeout: TimeSpan(seconds: timeout))
    }

    @Test func `the raw body and headers are passed on, and the answer comes back`() async throws {
        let script: Script = [
            .respond(418, headers: ["x-from-target": "1", "content-type": "text/x"], body: "tea")
        ]
        try await withHostileServer(script: script) { target in
            try await Endpoint.withClient { outer in
                let forward = try forward(to: target.baseURL + "/hook?a=1", outer)
                try await with(forward: forward) { url, client, reports in
                    let text = " {\"odd\" : 1} "
                    let reply = try await post(
                        text, to: url + "/other", client, type: "text/plain",
                        headers: [HTTPHeader("X-Custom", "1")])
                    guard case .response(let response) = reply.answer else {
                        Issue.record("\(reply.answer)")
                        return
                    }
                    #expect(response.status == 418 && response.body.text == "tea")
                    #expect(response.body.contentType == "text/x")
                    #expect(reply.headers.contains(HTTPHeader("x-from-target", "1")))
                    let request = try #require(target.requests.first)
                    #expect(request.path == "/hook?a=1" && request.body == text)
                    #expect(request.header("x-custom") == "1")
                    #expect(request.header("content-type") == "text/plain")
                    #expect(request.header("host") == "127.0.0.1:\(target.port)")
                    #expect(reports.all.map(\.status) == [418])
                }
            }
        }
    }

    @Test func `a receipt comes only after the target's 200`() async throws {
        let script: Script = [.respond(500), .respond(201), .respond(200)]
        try await withHostileServer(script: script) { target in
            try await withTemporaryDirectory { directory in
                let receipts = try ReceiptsFile(path: directory + "/r")
                try await Endpoint.withClient { outer in
                    let forward = try forward(to: target.baseURL, outer)
                    try await with(forward: forward, receipts: receipts) { url, client, reports in
                        for status in [500, 201, 200] {
                            let answer = try await post(Self.entity, to: url, client).answer
                            #expect(answer.status == status)
                        }
                        #expect(reports.all.map(\.receipt) == [.none, .none, .written])
                        // None waits for the next payload, where it may be lost.
                        #expect(target.connectionCount == 3)
                    }
                }
            }
        }
    }

    @Test func `a target that gives no answer is 502, and one that is too slow is 504`()
        async throws
    {
        for (behaviour, status) in [(Behaviour.closeBeforeAnswer, 502), (.neverAnswer, 504)] {
            try await withHostileServer(script: [behaviour]) { target in
                try await Endpoint.withClient { outer in
                    let forward = try forward(to: target.baseURL, outer, timeout: 2)
                    try await with(forward: forward) { url, client, reports in
                        let answer = try await post(Self.entity, to: url, client).answer
                        #expect(answer.status == status)
                        #expect(reports.all.first?.forwardProblem != nil)
                        #expect(reports.all.first?.receipt == Delivery.ReceiptState.none)
                    }
                }
            }
        }
    }

    // MARK: The start

    @Test func `a port in use is an error at once`() async throws {
        try await with { url, _, _ in
            let port = try EndpointURL(url).port
            let second = Listener(
                configuration: ListenConfiguration(port: port),
                now: { Timestamp(secondsSinceEpoch: 0) },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                report: { _ in })
            await #expect(throws: ListenError.self) { try await second.run { _ in } }
        }
    }
}
