import JSONSyntax
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// `state import`, `state forget` and `state move`.
@Suite struct StateChangeTests {
    /// Applies one environment at a server that answers so, then gives a body the workspace.
    private func withApplied(
        _ answer: Behaviour = .respond(200),
        _ body: (inout Workspace, HostileServer) async throws -> Void
    ) async throws {
        try await withHostileServer(script: [answer]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                _ = try await workspace.apply()
                try await body(&workspace, server)
            }
        }
    }

    // MARK: Import

    @Test func `import records what is declared without sending, and plan never calls it applied`()
        async throws
    {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let imported = try await workspace.run("state", "import", "uat", "--format", "json")
                #expect(imported.status == 0)
                #expect(
                    try imported.json == [
                        "action": "imported", "environments": ["uat"],
                        "format_version": .integer(1),
                        "state_files": ["bankhook.state/uat.json"], "warnings": [],
                    ])
                #expect(imported.error.contains("commit them:\n  bankhook.state/uat.json"))
                #expect(try workspace.record("uat")?["serial"] == .integer(1))
                #expect(workspace.exists("bankhook.state/.gitattributes"))
                let plan = try await workspace.run("plan", "--all", "--detailed-exitcode")
                #expect(plan.status == 0)
                #expect(plan.output.contains("never sent by bankhook"))
                #expect(!plan.output.contains("recorded"))
                let again = try await workspace.run("state", "import", "uat")
                #expect(again.status == 1)
                #expect(again.error.contains("'uat' is recorded already"))
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test func `import names every secret that is missing, and an unknown name`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let unknown = try await workspace.run("state", "import", "nobody")
            #expect(unknown.status == 1)
            #expect(unknown.error.contains("no environment 'nobody' is declared"))
            workspace.variables = [:]
            let missing = try await workspace.run("state", "import", "uat")
            #expect(missing.status == 1)
            #expect(missing.error.contains("UAT_KEY") && missing.error.contains("UAT_HASH"))
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    // MARK: Forget

    @Test func `forget drops the record, and the next apply registers with a lineage of its own`()
        async throws
    {
        try await withApplied { workspace, server in
            let before = try #require(try workspace.record("uat"))
            let forgotten = try await workspace.run("state", "forget", "uat")
            #expect(forgotten.status == 0)
            #expect(forgotten.output.hasPrefix("uat: forgotten; it is still declared"))
            #expect(!workspace.exists("bankhook.state/uat.json"))
            #expect(server.requests.count == 1)
            #expect(try await workspace.run("state", "forget", "uat").status == 1)
            #expect(try await workspace.apply().status == 0)
            let after = try #require(try workspace.record("uat"))
            #expect(after["serial"] == .integer(1))
            #expect(after["lineage"] != before["lineage"])
        }
    }

    @Test func `a record in doubt is forgotten only with its allowance`() async throws {
        try await withApplied(.respond(201)) { workspace, _ in
            let refused = try await workspace.run("state", "forget", "uat", "--format", "json")
            #expect(refused.status == 5)
            #expect(refused.error.contains("--allow unknown-outcome"))
            #expect(refused.output.contains("outcome_unknown"))
            #expect(workspace.exists("bankhook.state/uat.json"))
            let allowed = try await workspace.run(
                "state", "forget", "uat", "--allow", "protected,unknown-outcome")
            #expect(allowed.status == 0)
            #expect(!workspace.exists("bankhook.state/uat.json"))
        }
    }

    @Test func `unknown names touch nothing`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            for arguments in [
                ["state", "forget", "uat"], ["state", "forget", "../uat"],
                ["state", "move", "uat", "staging"], ["state", "move", "uat", "No Name"],
            ] {
                let result = try await Bankhook.run(
                    arguments, in: workspace.directory, variables: workspace.variables)
                #expect(result.status == 1)
                #expect(!result.error.isEmpty)
            }
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    // MARK: Move

    @Test func `a move keeps the chain, and an apply after it is one version further`()
        async throws
    {
        try await withApplied { workspace, server in
            let before = try #require(try workspace.record("uat"))
            let moved = try await workspace.run(
                "state", "move", "uat", "staging", "--format", "json")
            #expect(moved.status == 0)
            #expect(
                try moved.json["state_files"]
                    == ["bankhook.state/uat.json", "bankhook.state/staging.json"])
            #expect(!workspace.exists("bankhook.state/uat.json"))
            let after = try #require(try workspace.record("staging"))
            #expect(after["lineage"] == before["lineage"])
            #expect(after["applied"] == before["applied"])
            #expect(after["serial"] == .integer(2))
            #expect(after["previous"] == before["checksum"])
            // The same registration and account under the new name: nothing is to be sent.
            let url = "https://uat.lender.example/bankconnect"
            try workspace.configure([.init(name: "staging", url: url)], baseURL: server.baseURL)
            workspace.variables["STAGING_KEY"] = Workspace.key(of: "uat")
            workspace.variables["STAGING_HASH"] = Workspace.hash(of: "uat")
            #expect(try await workspace.run("plan", "--detailed-exitcode").status == 0)
            #expect(try await workspace.apply("--reassert").status == 0)
            let applied = try #require(try workspace.record("staging"))
            #expect(applied["serial"] == .integer(3))
            #expect(applied["previous"] == after["checksum"])
        }
    }

    @Test func `a half-done move stops every other command, which names the way out`()
        async throws
    {
        try await withApplied { workspace, _ in
            let text = try workspace.read("bankhook.state/uat.json")
            #expect(try await workspace.run("state", "move", "uat", "staging").status == 0)
            try workspace.write("bankhook.state/uat.json", text)
            for command in [["plan"], ["apply", "--auto-approve"], ["state", "list"]] {
                let result = try await Bankhook.run(
                    command, in: workspace.directory, variables: workspace.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("run bankhook state move uat staging again"))
            }
            #expect(try await workspace.run("state", "move", "staging", "uat").status == 1)
            #expect(try await workspace.run("state", "move", "uat", "other").status == 1)
            #expect(try await workspace.run("state", "move", "uat", "staging").status == 0)
            #expect(!workspace.exists("bankhook.state/uat.json"))
            #expect(try await workspace.run("state", "list").output.contains("staging"))
        }
    }

    @Test func `a move overwrites nothing`() async throws {
        try await withApplied { workspace, server in
            try workspace.configure([.init(name: "other")], baseURL: server.baseURL)
            #expect(try await workspace.apply().status == 0)
            let other = try workspace.read("bankhook.state/other.json")
            let result = try await workspace.run("state", "move", "uat", "other")
            #expect(result.status == 1)
            #expect(result.error.contains("'other' is recorded already"))
            #expect(try workspace.read("bankhook.state/other.json") == other)
            #expect(workspace.exists("bankhook.state/uat.json"))
        }
    }

    // MARK: The lock

    @Test(arguments: [["import", "new"], ["forget", "old"], ["move", "old", "older"]])
    func `what changes state is locked out by an apply and waits as it is told`(
        arguments: [String]
    ) async throws {
        let gate = Gate()
        let script: Script = [.respond(200), .hold(until: gate, then: .respond(200))]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "old")], baseURL: server.baseURL, timeout: "5m")
                #expect(try await workspace.apply().status == 0)
                _ = try await server.nextRequest()
                try workspace.configure(
                    [.init(name: "new"), .init(name: "uat")], baseURL: server.baseURL, timeout: "5m"
                )
                let fleet = workspace
                let first = try await workspace.start([
                    "apply", "--auto-approve", "--target", "uat",
                ]) { _ in
                    _ = try await server.nextRequest()
                    let locked = try await Bankhook.run(
                        ["state"] + arguments, in: fleet.directory, variables: fleet.variables)
                    #expect(locked.status == 4)
                    #expect(locked.error.contains("locked by"))
                    let waited = try await fleet.startReading(
                        ["state"] + arguments + ["--lock-timeout", "10m"]
                    ) { line in
                        if line.hasPrefix("waiting: locked by") { gate.open() }
                    }
                    #expect(waited == 0)
                }
                #expect(first.status == 0)
            }
        }
    }

    @Test func `a signal before the write leaves everything as it was`() async throws {
        let gate = Gate()
        let script: Script = [.respond(200), .hold(until: gate, then: .respond(200))]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "old")], baseURL: server.baseURL, timeout: "5m")
                #expect(try await workspace.apply().status == 0)
                _ = try await server.nextRequest()
                let record = try workspace.read("bankhook.state/old.json")
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL, timeout: "5m")
                let fleet = workspace
                let first = try await workspace.start(["apply", "--auto-approve"]) { _ in
                    _ = try await server.nextRequest()
                    let waiting = try await fleet.interruptWhenWaiting([
                        "state", "move", "old", "older", "--lock-timeout", "10m",
                    ])
                    #expect(waiting == 130)
                    gate.open()
                }
                #expect(first.status == 0)
                #expect(try workspace.read("bankhook.state/old.json") == record)
                #expect(!workspace.exists("bankhook.state/older.json"))
            }
        }
    }
}

extension Workspace {
    /// Runs the binary, interrupts it when it waits for a lock, and returns its exit status.
    fileprivate func interruptWhenWaiting(_ arguments: [String]) async throws -> Int {
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(arguments),
            environment: Bankhook.environment(variables), workingDirectory: FilePath(directory),
            input: .none, output: .discarded, error: .sequence
        ) { running in
            for try await line in running.standardError.strings()
            where line.hasPrefix("waiting: locked by") {
                try running.send(signal: .interrupt)
            }
        }
        return Bankhook.status(result.terminationStatus)
    }
}
