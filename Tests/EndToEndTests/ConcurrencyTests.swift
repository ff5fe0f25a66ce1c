import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// Several applies of one directory at once.
@Suite struct ConcurrencyTests {
    @Test func `eight applies at once never overlap their requests`() async throws {
        try await withHostileServer(script: [.delay(.milliseconds(10), then: .respond(200))]) {
            server in
            try await Workspace.with { workspace in
                let names = ["a", "b", "c"]
                for writer in 0..<8 {
                    try workspace.configure(
                        names.map { .init(name: $0, url: "https://w\(writer).lender.example/") },
                        baseURL: server.baseURL)
                    try workspace.write("\(writer).yaml", try workspace.read("bankhook.yaml"))
                }
                let fleet = workspace
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 0..<8 {
                        group.addTask { try await fleet.applyOnceUnlocked("\(writer).yaml") }
                    }
                    try await group.waitForAll()
                }
                // Each one wanted something else of all three: its requests come in one block.
                let writers = server.requests.map(ConcurrencyTests.writer)
                let blocks = writers.indices.count { $0 == 0 || writers[$0] != writers[$0 - 1] }
                #expect(writers.count == 24)
                #expect(blocks == 8)
                for name in names {
                    #expect(try workspace.record(name)?["serial"] == .integer(8))
                }
            }
        }
    }

    private static func writer(of request: ReceivedRequest) -> String {
        let url = (try? JSONParser.parse(Array(request.body.utf8)))?["webhook_url"]
        return "\(url ?? .null)"
    }

    @Test func `a second apply waits as long as it was told, and finds the work done`()
        async throws
    {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL, timeout: "5m")
                let fleet = workspace
                let first = try await workspace.start(["apply", "--auto-approve"]) { running in
                    _ = try await server.nextRequest()
                    let plan = try await fleet.run("plan")
                    #expect(
                        plan.output.contains(
                            "being applied by")
                            && plan.output.contains("pid \(running.processIdentifier.value)"))
                    let second = try await fleet.startReading([
                        "apply", "--auto-approve", "--lock-timeout", "10m",
                    ]) { line in
                        if line.hasPrefix("waiting: locked by") { gate.open() }
                    }
                    #expect(second == 0)
                }
                #expect(first.status == 0)
                #expect(server.requests.count == 1)
                let plan = try await workspace.run("plan", "--format", "json")
                #expect(try plan.json["warnings"] == [])
            }
        }
    }

    @Test func `a second apply names who holds the lock`() async throws {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL, timeout: "5m")
                let fleet = workspace
                let first = try await workspace.start(["apply", "--auto-approve"]) { running in
                    _ = try await server.nextRequest()
                    let second = try await fleet.apply()
                    #expect(second.status == 4)
                    #expect(
                        second.result.error.contains("pid \(running.processIdentifier.value)"))
                    // What only reads takes no lock.
                    #expect(try await fleet.run("state", "list").status == 0)
                    #expect(try await fleet.run("state", "show", "uat").status == 0)
                    gate.open()
                }
                #expect(first.status == 0)
                #expect(server.requests.count == 1)
            }
        }
    }
}

extension Workspace {
    /// Applies a configuration, again as long as somebody else holds the lock.
    fileprivate func applyOnceUnlocked(_ configuration: String) async throws {
        while true {
            let status = try await apply("--config", configuration).status
            guard status == 4 else {
                #expect(status == 0)
                return
            }
        }
    }
}
