import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// An apply that is killed at each durable step (faults.md, invariants A, B and C).
@Suite struct KillTests {
    private let target = "bankhook.state/uat.json"

    @Test func `killed before its intent, it has sent nothing and recorded nothing`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.startOnTerminal(["apply"]) { running, terminal in
                    try await terminal.read(until: "Only 'yes' is accepted")
                    try running.send(signal: .kill)
                }
                #expect(result.status == 128 + 9)
                #expect(server.requests.isEmpty)
                #expect(!workspace.exists(target))
                try await converges(workspace, server, requests: 1)
            }
        }
    }

    @Test func `killed after its intent and before the request, the next plan says unknown`()
        async throws
    {
        // The handshake is never answered, so the intent is written and no request byte leaves.
        try await withSilentListener { listener in
            try await withHostileServer(script: [.respond(200)]) { server in
                try await Workspace.with { workspace in
                    try workspace.configure(
                        [.init(name: "uat")], baseURL: "https://127.0.0.1:\(listener.port)")
                    try workspace.trustStrangers()
                    let result = try await workspace.start(["apply", "--auto-approve"]) { running in
                        try await listener.accepted.wait()
                        try running.send(signal: .kill)
                    }
                    #expect(result.status == 128 + 9)
                    #expect(try workspace.record("uat")?["applied"] == .null)
                    #expect(try workspace.record("uat")?["serial"] == .integer(0))
                    try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                    try await saysUnknown(workspace)
                    try await converges(workspace, server, requests: 1)
                }
            }
        }
    }

    @Test func `killed after the request, the next plan says unknown and sends again`()
        async throws
    {
        let never = Gate()
        let script: Script = [.hold(until: never, then: .respond(200)), .respond(200)]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.start(["apply", "--auto-approve"]) { running in
                    _ = try await server.nextRequest()
                    try running.send(signal: .kill)
                }
                #expect(result.status == 128 + 9)
                try await saysUnknown(workspace)
                try await converges(workspace, server, requests: 2)
            }
        }
    }

    @Test func `killed after its record, what was recorded stays and is not sent again`()
        async throws
    {
        // The second request may leave before the first outcome is recorded, and waits for it here.
        let never = Gate()
        let script: Script = [
            .respond(200), .hold(until: never, then: .respond(200)), .respond(200),
        ]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat"), .init(name: "zulu")], baseURL: server.baseURL)
                let result = try await workspace.start([
                    "apply", "--auto-approve", "--parallelism", "1",
                ]) { running in
                    _ = try await server.nextRequest()
                    _ = try await server.nextRequest()
                    while try workspace.record("uat")?["pending"] != .null { await Task.yield() }
                    try running.send(signal: .kill)
                }
                #expect(result.status == 128 + 9)
                let recorded = try workspace.read(target)
                #expect(try workspace.record("uat")?["pending"] == .null)
                try await converges(workspace, server, requests: 3)
                #expect(try workspace.read(target) == recorded)
                #expect(server.requests.last?.body.contains("zulu.lender.example") == true)
            }
        }
    }

    @Test func `killed with intents written ahead, each of them is unknown and is sent again`()
        async throws
    {
        // One at a time, and slow enough that the intents of the others are written meanwhile.
        let never = Gate()
        let sent = 30
        let script = Script { request in
            switch request.number {
            case 0..<(sent - 1): .delay(.milliseconds(10), then: .respond(200))
            case sent - 1: .hold(until: never, then: .respond(200))
            default: .respond(200)
            }
        }
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                let names = (100..<200).map { "e\($0)" }
                try workspace.configure(names.map { .init(name: $0) }, baseURL: server.baseURL)
                let result = try await workspace.start([
                    "apply", "--auto-approve", "--parallelism", "1",
                ]) { running in
                    for _ in 0..<sent { _ = try await server.nextRequest() }
                    try running.send(signal: .kill)
                }
                #expect(result.status == 128 + 9)
                // What the server saw first is what stands first in the plan.
                let records = try names.map { try workspace.record($0) }
                let isPending = records.map { $0.map { $0["pending"] != .null } }
                let pending = isPending.count { $0 == true }
                #expect((2...65 + sent).contains(pending))
                #expect(isPending[sent...].allSatisfy { $0 != false })
                try await saysUnknown(workspace)
                let settled = isPending.count { $0 == false }
                try await converges(
                    workspace, server, requests: sent + names.count - settled)
            }
        }
    }

    @Test func `no request leaves before its intent is in the file`() async throws {
        try await Workspace.with { workspace in
            let file = workspace.path(target)
            let script = Script { _ in
                // The moment of the request: what does the file say?
                let text = (try? Data(contentsOf: URL(filePath: file))) ?? Data()
                let record = try? JSONParser.parse(Array(text))
                let hasIntent = record?["pending"]?["webhook_mode"] == .integer(1)
                return .respond(hasIntent ? 200 : 400)
            }
            try await withHostileServer(script: script) { server in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                #expect(try await workspace.apply().status == 0)
            }
        }
    }

    private func saysUnknown(_ workspace: Workspace) async throws {
        let plan = try await workspace.run("plan", "--detailed-exitcode")
        #expect(plan.status == 2)
        #expect(plan.output.contains("outcome unknown since"))
    }

    /// One more apply converges: every file whole, the mode sent, and nothing left to do.
    private func converges(_ workspace: Workspace, _ server: HostileServer, requests: Int)
        async throws
    {
        #expect(try await workspace.apply().status == 0)
        #expect(server.requests.count == requests)
        for request in server.requests { #expect(request.body.contains("\"webhook_mode\": 1")) }
        #expect(try await workspace.run("plan", "--detailed-exitcode").status == 0)
        #expect(try await workspace.run("state", "list").status == 0)
        let files = try FileManager.default.contentsOfDirectory(
            atPath: workspace.path("bankhook.state"))
        #expect(!files.contains { $0.contains(".tmp-") })
    }
}
