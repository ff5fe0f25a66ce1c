import JSONSyntax
import Synchronization
import TestSupport
import Testing

/// `apply --watch-receipts URL`: an endpoint that answers how many webhooks it has had.
@Suite struct WatchCountTests {
    /// Counts every POST, probes included, and tells the number.
    private final class Receiver: Sendable {
        private let count = Mutex(7)

        var script: Script {
            Script { request in
                guard request.method == "GET" else {
                    self.count.withLock { $0 += 1 }
                    return .respond(200)
                }
                return .respond(200, body: #"{"count": \#(self.count.withLock { $0 })}"#)
            }
        }

        func add(_ number: Int) { count.withLock { $0 += number } }
    }

    private static func with(
        _ receiver: Receiver, more: [String] = [],
        _ body: (Workspace, String) async throws -> Void
    ) async throws {
        try await withHostileServer(script: receiver.script) { receiving in
            try await withHostileServer(script: [.respond(200)]) { server in
                try await Workspace.with { workspace in
                    try workspace.configure(
                        [.init(name: "uat", url: receiving.baseURL + "/hook", more: more)],
                        baseURL: server.baseURL)
                    try await body(workspace, "\(receiving.baseURL)/count?key=canary")
                }
            }
        }
    }

    private static func arguments(_ url: String, _ more: String...) -> [String] {
        ["apply", "--auto-approve", "--watch-receipts", url] + more
    }

    @Test func `a count that grows is the delivery, and its query is nowhere`() async throws {
        let receiver = Receiver()
        try await Self.with(receiver) { workspace, url in
            let result = try await workspace.watch(
                Self.arguments(url, "--within", "10m", "--out-json", "report.json")
            ) { _ in
                receiver.add(1)
            }
            #expect(result.status == 0, "\(result.error)")
            #expect(result.output.contains("(counted by http://127.0.0.1:"))
            let report = try workspace.read("report.json")
            #expect(!(result.output + result.error + report).contains("canary"))
        }
    }

    @Test func `the probe of the apply itself is no delivery, though it is counted`()
        async throws
    {
        try await Self.with(Receiver(), more: ["probe: require"]) { workspace, url in
            let result = try await workspace.watch(Self.arguments(url, "--within", "1s")) { _ in }
            #expect(result.status == 3)
            #expect(result.output.contains("no delivery within 1s"))
            #expect(!result.error.contains("the count grew"))
        }
    }

    @Test func `a count that goes down claims nothing`() async throws {
        let receiver = Receiver()
        try await Self.with(receiver) { workspace, url in
            let result = try await workspace.watch(Self.arguments(url, "--within", "10m")) { _ in
                receiver.add(-3)
            }
            #expect(result.status == 3)
            #expect(result.error.contains("went down from 7 to 4"))
        }
    }

    @Test func `could not look is another text than nothing arrived`() async throws {
        let isUp = Mutex(true)
        let script = Script { _ in
            isUp.withLock { $0 } ? .respond(200, body: "7") : .respond(503)
        }
        try await withHostileServer(script: script) { counting in
            try await withHostileServer(script: [.respond(200)]) { server in
                try await Workspace.with { workspace in
                    try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                    let result = try await workspace.watch(
                        Self.arguments(counting.baseURL, "--within", "1s", "--format", "json")
                    ) { _ in
                        isUp.withLock { $0 = false }
                    }
                    #expect(result.status == 3)
                    #expect(try result.json["watch"]?["status"] == "not_looked")
                    #expect(result.error.contains("could not look whether anything arrived"))
                    #expect(result.error.contains("answered 503"))
                    #expect(!result.error.contains("nothing arrived"))
                }
            }
        }
    }
}
