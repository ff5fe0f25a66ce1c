import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// What commands make of the state that they find.
@Suite struct StateTests {
    /// Applies one environment at the emulator, then gives a body the workspace.
    private func withApplied(
        _ body: @Sendable @escaping (inout Workspace, EmulatorProcess) async throws -> Void
    ) async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                #expect(try await workspace.apply().status == 0)
                try await body(&workspace, emulator)
            }
        }
    }

    @Test func `list and show print what the file holds`() async throws {
        try await withApplied { workspace, _ in
            let list = try await workspace.run("state", "list")
            #expect(list.status == 0)
            #expect(list.output.contains("uat"))
            let shown = try await workspace.run("state", "show", "uat", "--format", "json").json
            let record = try #require(try workspace.record("uat"))
            for key in ["applied", "checksum", "lineage", "pending", "serial"] {
                #expect(shown[key] == record[key])
            }
            #expect(shown["format_version"] == .integer(1))
            let unknown = try await workspace.run("state", "show", "nobody")
            #expect(unknown.status == 1)
        }
    }

    @Test(arguments: [
        "", "{", "{}\n", "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n", "null\n",
    ])
    func `a damaged file stops plan and apply and is named`(content: String) async throws {
        try await withApplied { workspace, emulator in
            try workspace.write("bankhook.state/uat.json", content)
            for command in [["plan"], ["apply", "--auto-approve"], ["state", "list"]] {
                let result = try await Bankhook.run(
                    command, in: workspace.directory, variables: workspace.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("git log -- bankhook.state/uat.json"))
            }
            #expect(try await emulator.list("requests").count == 1)
            #expect(try workspace.read("bankhook.state/uat.json") == content)
        }
    }

    @Test func `a record with other line endings is read and noted`() async throws {
        try await withApplied { workspace, emulator in
            let text = try workspace.read("bankhook.state/uat.json")
            try workspace.write("bankhook.state/uat.json", text.replacing("\n", with: "\r\n"))
            let plan = try await workspace.run("plan", "--detailed-exitcode")
            #expect(plan.status == 0)
            #expect(plan.error.contains("reformatted"))
            #expect(try await workspace.apply().status == 0)
            #expect(try await emulator.list("requests").count == 1)
        }
    }

    @Test func `a record of another environment is refused`() async throws {
        try await withApplied { workspace, _ in
            let text = try workspace.read("bankhook.state/uat.json")
            try FileManager.default.removeItem(atPath: workspace.path("bankhook.state/uat.json"))
            try workspace.write("bankhook.state/other.json", text)
            let plan = try await workspace.run("plan")
            #expect(plan.status == 1)
            #expect(plan.error.contains("other.json"))
        }
    }

    @Test func `a link in a record's place is refused and what it names stays`() async throws {
        try await withApplied { workspace, _ in
            let text = try workspace.read("bankhook.state/uat.json")
            try workspace.write("elsewhere.json", text)
            let file = workspace.path("bankhook.state/uat.json")
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.createSymbolicLink(
                atPath: file, withDestinationPath: workspace.path("elsewhere.json"))
            let applied = try await workspace.apply()
            #expect(applied.status == 1)
            #expect(applied.result.error.contains("symbolic link"))
            #expect(try workspace.read("elsewhere.json") == text)
        }
    }

    @Test
    func `names and texts from the state directory cannot speak to a terminal or a CI system`()
        async throws
    {
        try await withApplied { workspace, _ in
            try workspace.write("bankhook.state/x\n::error::y ##vso[z]\u{1B}[31m.json", "{}")
            for format in ["text", "json"] {
                let plan = try await workspace.run("plan", "--format", format)
                #expect(plan.status == 1)
                let shown = plan.output + plan.error
                #expect(!shown.contains("\n::error"))
                #expect(!shown.contains("##vso["))
                #expect(!shown.contains("\u{1B}"))
            }
        }
    }

    @Test func `a directory that was replaced during an apply is not called recorded`()
        async throws
    {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL, timeout: "5m")
                let result = try await workspace.start([
                    "apply", "--auto-approve", "--format", "json",
                ]) { _ in
                    _ = try await server.nextRequest()
                    let state = workspace.path("bankhook.state")
                    try FileManager.default.moveItem(atPath: state, toPath: "\(state).moved")
                    try FileManager.default.createDirectory(
                        atPath: state, withIntermediateDirectories: false)
                    gate.open()
                }
                #expect(result.status == 3)
                #expect(
                    try ApplyResult(result: result).word("uat") == "applied_but_not_recorded")
            }
        }
    }

    @Test func `a lock file that was deleted does not let a second apply in`() async throws {
        let gate = Gate()
        try await withHostileServer(script: [.hold(until: gate, then: .respond(200))]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL, timeout: "5m")
                let fleet = workspace
                let first = try await workspace.start(["apply", "--auto-approve"]) { _ in
                    _ = try await server.nextRequest()
                    try FileManager.default.removeItem(
                        atPath: fleet.path("bankhook.state/.lock"))
                    let second = try await fleet.apply()
                    #expect(second.status == 4)
                    gate.open()
                }
                #expect(first.status == 0)
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test func `an environment that is no longer declared is an orphan and changes no status`()
        async throws
    {
        try await withApplied { workspace, emulator in
            try workspace.configure([.init(name: "other")], baseURL: emulator.baseURL)
            #expect(try await workspace.apply().status == 0)
            let plan = try await workspace.run("plan", "--detailed-exitcode")
            #expect(plan.status == 0)
            #expect(plan.output.contains("uat: orphaned"))
            #expect(try await workspace.run("plan", "--target", "u*").status == 0)
            #expect(try await workspace.run("plan", "--target", "nobody").status == 1)
        }
    }

    @Test func `a rotated key is an update and its reason says so`() async throws {
        try await withApplied { workspace, _ in
            workspace.variables["UAT_KEY"] = "another-key-of-uat"
            let plan = try await workspace.run("plan", "--detailed-exitcode")
            #expect(plan.status == 2)
            #expect(plan.output.contains("account changed"))
        }
    }

    @Test func `a plan says who applies, and where it cannot tell whether that still runs`()
        async throws
    {
        try await withApplied { workspace, _ in
            let since = "since 2026-11-20T00:00:00Z"
            func plan(host: String, pid: Int32) async throws -> String {
                try workspace.write(
                    "bankhook.state/.lock",
                    """
                    {"host": "\(host)", "id": "0f0c6f6e-0000-4000-8000-000000000000",
                     "pid": \(pid), "run": null, "started_at": "2026-11-20T00:00:00Z"}
                    """)
                let before = try workspace.stateFiles()
                let plan = try await workspace.run("plan", "--detailed-exitcode")
                #expect(plan.status == 0)
                #expect(try workspace.stateFiles() == before)
                return plan.output
            }
            let elsewhere = try await plan(host: "elsewhere", pid: 42)
            #expect(
                elsewhere.contains(
                    "being applied by elsewhere pid 42 \(since); cannot tell whether it still runs")
            )
            let json = try await workspace.run("plan", "--format", "json").output
            #expect(json.contains("\"code\": \"being_applied\""))
            let host = try StateTests.host()
            let here = try await plan(host: host, pid: getpid())
            #expect(here.contains("being applied by \(host) pid \(getpid()) \(since)\n"))
            // No process has a number as high as this.
            #expect(!(try await plan(host: host, pid: .max).contains("being applied")))
        }
    }

    private static func host() throws -> String {
        var name = [CChar](repeating: 0, count: 256)
        try #require(unsafe gethostname(&name, name.count - 1) == 0)
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    @Test func `the run is recorded, and a malformed one is dropped with a warning`() async throws {
        try await withApplied { workspace, _ in
            workspace.variables["BANKHOOK_RUN_URL"] = "https://ci.example/runs/1042"
            #expect(try await workspace.apply("--reassert").status == 0)
            #expect(
                try workspace.record("uat")?["applied"]?["run"] == "https://ci.example/runs/1042")
            workspace.variables["BANKHOOK_RUN_URL"] = "run 1042"
            let applied = try await workspace.apply("--reassert")
            #expect(applied.status == 0)
            #expect(applied.result.error.contains("warning: BANKHOOK_RUN_URL is no URL"))
            #expect(try workspace.record("uat")?["applied"]?["run"] == nil)
        }
    }
}
