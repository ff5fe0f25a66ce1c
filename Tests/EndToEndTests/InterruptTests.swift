import JSONSyntax
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Signals during an apply (specification, section 5).
@Suite struct InterruptTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let number: Int
        let signal: Signal
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "SIGINT", number: 2, signal: .interrupt),
        Case(name: "SIGTERM", number: 15, signal: .terminate),
        Case(name: "SIGHUP", number: 1, signal: .terminalClosed),
    ]

    @Test(arguments: cases)
    func `at the prompt it ends with nothing sent and the lock released`(interrupt: Case)
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await workspace.startOnTerminal(["apply"]) { running, terminal in
                    try await terminal.read(until: "Only 'yes' is accepted")
                    try running.send(signal: interrupt.signal)
                }
                #expect(result.status == 128 + interrupt.number)
                #expect(server.requests.isEmpty)
                #expect(try workspace.read("bankhook.state/.lock").isEmpty)
            }
        }
    }

    @Test(arguments: cases)
    func `during a request its answer still counts, and nothing new is started`(interrupt: Case)
        async throws
    {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat"), .init(name: "zulu")], baseURL: server.baseURL)
                let result = try await workspace.interrupted(
                    by: [interrupt.signal], server: server, open: gate)
                #expect(result.status == 128 + interrupt.number)
                #expect(try ApplyResult(result: result).word("uat") == "applied")
                #expect(try ApplyResult(result: result).word("zulu") == "skipped")
                #expect(try workspace.record("uat")?["pending"] == .null)
                #expect(!workspace.exists("bankhook.state/zulu.json"))
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test func `signals within the first second are one`() async throws {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                // Of one number only one might wait to be delivered; whichever comes first counts.
                let signals = InterruptTests.cases.map(\.signal)
                let result = try await workspace.interrupted(
                    by: signals, server: server, open: gate)
                #expect([129, 130, 143].contains(result.status))
                #expect(try ApplyResult(result: result).word("uat") == "applied")
            }
        }
    }

    @Test func `a second signal ends it at once and leaves the intent`() async throws {
        let never = Gate()
        try await withHostileServer(script: [.hold(until: never, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL, timeout: "60s")
                let result = try await workspace.start([
                    "apply", "--auto-approve", "--format", "json",
                ]) { running in
                    _ = try await server.nextRequest()
                    try running.send(signal: .interrupt)
                    // Signals within a second count as one.
                    try await Task.sleep(for: .milliseconds(1_200))
                    try running.send(signal: .interrupt)
                }
                #expect(result.status == 128 + 2)
                // The end of the grace would have been reported.
                #expect(result.output.isEmpty)
                #expect(try workspace.record("uat")?["pending"] != .null)
            }
        }
    }

    @Test func `a second signal ends it at once, even when nobody reads its output`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                // A plan larger than a pipe holds, and a reader that never reads.
                try workspace.configure(
                    (0..<900).map { .init(name: "account-\($0)") }, baseURL: server.baseURL)
                let pipe = try FileDescriptor.pipe()
                let result = try await Subprocess.run(
                    .path(Bankhook.path), arguments: ["apply", "--auto-approve"],
                    environment: Bankhook.environment(workspace.variables),
                    workingDirectory: FilePath(workspace.directory), input: .none,
                    output: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: true),
                    error: .sequence
                ) { running in
                    // It blocks once the lock is held and the plan is being written.
                    var shown = [UInt8](repeating: 0, count: 1)
                    _ = try unsafe shown.withUnsafeMutableBytes {
                        try unsafe pipe.readEnd.read(into: $0)
                    }
                    try running.send(signal: .terminate)
                    // Both come within a second: only the last one counts as a second signal.
                    for try await line in running.standardError.strings()
                    where line.hasPrefix("interrupted") {
                        try await Task.sleep(for: .milliseconds(1_100))
                        try running.send(signal: .terminate)
                    }
                }
                try pipe.readEnd.close()
                #expect(Bankhook.status(result.terminationStatus) == 128 + 15)
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test func `an answer that does not come within the grace leaves doubt`() async throws {
        let never = Gate()
        try await withHostileServer(script: [.hold(until: never, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL, timeout: "60s")
                let result = try await workspace.interrupted(
                    by: [.terminate], server: server, open: nil)
                #expect(result.status == 128 + 15)
                #expect(try ApplyResult(result: result).word("uat") == "in_doubt")
                #expect(try workspace.record("uat")?["pending"] != .null)
            }
        }
    }
}

extension Workspace {
    /// Applies one at a time, and signals once the first request is there.
    fileprivate func interrupted(
        by signals: [Signal], server: HostileServer, open gate: Gate?
    ) async throws -> Bankhook.Result {
        try await interrupt(
            ["apply", "--auto-approve", "--format", "json", "--parallelism", "1"], by: signals,
            once: { _ = try await server.nextRequest() }
        ) {
            gate?.open()
        }
    }
}
