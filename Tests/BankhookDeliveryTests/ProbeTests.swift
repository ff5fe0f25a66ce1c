import BankConnectAPI
import BankhookDelivery
import BankhookModel
import JSONSyntax
import Synchronization
import TestSupport
import Testing

/// What a probe sends, and what it makes of the answer.
struct ProbeTests {
    /// A clock that stands still but for the time that is asked for.
    private static let time = RunTime(
        now: { Timestamp(secondsSinceEpoch: 1_800_000_000) }, elapsed: { .zero },
        pause: { _ in }, random: { _ in .zero })

    private static func target(
        _ url: String, flow: Flow = .entity, headers: [HTTPHeader] = [], timeout: Int = 30
    ) throws -> ProbeTarget {
        ProbeTarget(
            environment: EnvironmentName("uat"), url: try EndpointURL(url), flow: flow,
            headers: headers, timeout: TimeSpan(seconds: timeout))
    }

    private static func run(
        _ targets: [ProbeTarget], allShapes: Bool = false, parallelism: Int = 10
    ) async throws -> [ProbeResult] {
        try await Endpoint.withClient { client in
            await Probe(client, time: time).run(
                targets, allShapes: allShapes, parallelism: parallelism)
        }
    }

    @Test func `one documented payload is sent, marked, with the headers that were asked for`()
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { server in
            let target = try Self.target(
                server.baseURL + "/hook", headers: [HTTPHeader("X-Secret-Key", "s3cret")])
            let results = try await Self.run([target])
            #expect(results.map(\.isGood) == [true])
            #expect(results[0].problem == nil)
            let request = try #require(server.requests.first)
            #expect(server.requests.count == 1)
            #expect(request.method == "POST" && request.path == "/hook")
            #expect(request.header("x-bankhook-probe") == "1")
            #expect(request.header("x-secret-key") == "s3cret")
            #expect(request.header("x-api-key") == nil && request.header("server-hash") == nil)
            #expect(request.header("content-type") == "application/json")
            let body = try JSONParser.parse(Array(request.body.utf8))
            #expect(body["progress"] == "completed")
        }
    }

    @Test func `all shapes of a flow are sent one after the other`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let results = try await Self.run([try Self.target(server.baseURL)], allShapes: true)
            #expect(results.map(\.shape) == [.completed, .failed, .blankStatement, .nullLink])
            let bodies = try server.requests.map { try JSONParser.parse(Array($0.body.utf8)) }
            #expect(
                bodies.map { $0["progress"] } == ["completed", "failed", "failed", "completed"])
            #expect(bodies[2]["statement_id"] == "")
            #expect(bodies[3]["link_id"] == .null)
        }
        try await withHostileServer(script: [.respond(200)]) { server in
            let target = try Self.target(server.baseURL, flow: .session)
            let results = try await Self.run([target], allShapes: true)
            #expect(results.map(\.shape) == [.sessionCompletion, .sessionExpiry, .enrichment])
        }
    }

    @Test(arguments: ProbeShape.allCases)
    func `every shape holds ids that nobody has`(shape: ProbeShape) throws {
        guard case .object(let members) = try JSONParser.parse(shape.body) else {
            Issue.record("no object")
            return
        }
        for member in members where member.key.hasSuffix("_id") {
            guard case .string(let id) = member.value, !id.isEmpty else { continue }
            #expect(id.hasPrefix("00000000-0000-4000-8000-"))
        }
    }

    @Test(arguments: [
        (201, "200"), (202, "200"), (204, "200"), (206, "200"), (301, "redirect"),
        (302, "redirect"),
        (307, "redirect"), (401, "probe_headers"), (403, "probe_headers"), (404, "path"),
        (405, "POST"), (400, "log"), (429, "limit"), (500, "log"), (503, "log"), (418, "200"),
    ])
    func `whatever is not exactly 200 fails, and is explained`(status: Int, word: String)
        async throws
    {
        try await withHostileServer(script: [.respond(status)]) { server in
            let results = try await Self.run([try Self.target(server.baseURL)])
            let problem = try #require(results.first?.problem)
            #expect(results[0].isGood == false)
            #expect(problem.code == "answer_status")
            #expect(problem.message == "answered \(status)")
            #expect(problem.hint.contains(word))
        }
    }

    @Test func `a redirect is not followed, and its target is not shown`() async throws {
        try await withHostileServer(script: [.respond(200)]) { other in
            let script: Script = [.redirect(to: other.baseURL + "/canary")]
            try await withHostileServer(script: script) { server in
                let results = try await Self.run([try Self.target(server.baseURL)])
                #expect(results[0].answer.status == 307)
                #expect(!"\(results[0].problem as Any)".contains("canary"))
            }
            #expect(other.requestsStarted == 0)
        }
    }

    @Test func `a problem never shows the path of the URL`() async throws {
        try await withUnusedPort { port in
            let target = try Self.target("http://127.0.0.1:\(port)/canary-0123456789")
            let results = try await Self.run([target])
            let problem = try #require(results[0].problem)
            #expect(problem.code == "connection_refused")
            #expect(problem.message == "http://127.0.0.1:\(port) refused the connection")
            #expect(!"\(results)".contains("canary"))
        }
    }

    @Test func `an endpoint that is too slow has failed`() async throws {
        try await withHostileServer(script: [.neverAnswer]) { server in
            let results = try await Self.run([try Self.target(server.baseURL, timeout: 2)])
            #expect(results[0].problem?.code == "timed_out")
        }
    }

    @Test func `over TLS the days that are left are whole ones`() async throws {
        try await Endpoint.withSecureServer(script: [.respond(200)]) { server, roots in
            let now = Timestamp(secondsSinceEpoch: 0)
            let time = RunTime(
                now: { now }, elapsed: { .zero }, pause: { _ in }, random: { _ in .zero })
            let target = try Self.target(server.baseURL)
            let results = try await Endpoint.withClient(trustRoots: roots) { client in
                await Probe(client, time: time).run([target], allShapes: false, parallelism: 1)
            }
            // From 1970 on: some 20,000 days, and not one more than there are.
            let days = try #require(results[0].certificateDays)
            #expect(days > 20_000)
            #expect(results[0].isGood)
        }
    }

    @Test func `results come in the order of the targets`() async throws {
        let first = Gate()
        let script = Script { request in
            if request.path == "/b" { first.open() }
            return request.path == "/a" ? .hold(until: first, then: .respond(200)) : .respond(500)
        }
        try await withHostileServer(script: script) { server in
            let results = try await Self.run([
                try Self.target(server.baseURL + "/a"), try Self.target(server.baseURL + "/b"),
            ])
            #expect(results.map(\.isGood) == [true, false])
        }
    }
}
