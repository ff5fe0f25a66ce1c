import JSONSyntax
import TestSupport
import Testing

/// `plan --out` and `apply PLANFILE`: what was reviewed is what is sent, or nothing.
@Suite struct SavedPlanTests {
    /// A workspace with a server that says yes, and a saved plan that registers uat.
    private func with(
        _ body: (inout Workspace, HostileServer) async throws -> Void
    ) async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
                try await body(&workspace, server)
            }
        }
    }

    /// Applies the plan and expects it to be stale, with nothing sent, locked or pending.
    private func expectStale(
        _ workspace: Workspace, _ server: HostileServer, requests: Int = 0, naming text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try workspace.stateFiles()
        let result = try await workspace.run("apply", "plan.json")
        #expect(result.status == 4, sourceLocation: sourceLocation)
        let first = result.error.split(separator: "\n").first ?? ""
        #expect(first.contains(text), sourceLocation: sourceLocation)
        #expect(
            result.error.contains("plan.json is stale; nothing was sent"),
            sourceLocation: sourceLocation)
        #expect(result.error.contains("plan --out plan.json"), sourceLocation: sourceLocation)
        #expect(result.output.isEmpty, sourceLocation: sourceLocation)
        #expect(server.requests.count == requests, sourceLocation: sourceLocation)
        #expect(try workspace.stateFiles() == before, sourceLocation: sourceLocation)
    }

    @Test func `a saved plan is applied without a question, with the lineage that it names`()
        async throws
    {
        try await with { workspace, server in
            let saved = try JSONParser.parse(Array(workspace.read("plan.json").utf8))
            guard case .array(let changes)? = saved["changes"] else {
                Issue.record("no changes")
                return
            }
            let result = try await workspace.run("apply", "plan.json")
            #expect(result.status == 0)
            #expect(result.output.contains("Apply: 1 applied."))
            #expect(server.requests.count == 1)
            let record = try #require(try workspace.record("uat"))
            #expect(record["lineage"] == changes.first?["lineage"])
            #expect(record["applied"]?["account"] == changes.first?["fingerprints"]?["account"])
        }
    }

    @Test func `plan says where it saved, writes data apart, and keeps its exit status`()
        async throws
    {
        try await with { workspace, _ in
            let result = try await workspace.run(
                "plan", "--out", "other.json", "--format", "json", "--detailed-exitcode")
            #expect(result.status == 2)
            #expect(
                result.error
                    == "Saved to other.json; apply it with: bankhook apply other.json\n")
            #expect(try result.json["summary"]?["register"] == .integer(1))
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    @Test func `a plan that was applied already is stale`() async throws {
        try await with { workspace, server in
            #expect(try await workspace.run("apply", "plan.json").status == 0)
            try await expectStale(workspace, server, requests: 1, naming: "uat was recorded since")
        }
    }

    @Test func `a comment in the configuration makes it stale`() async throws {
        try await with { workspace, server in
            let text = try workspace.read("bankhook.yaml")
            try workspace.write("bankhook.yaml", text + "# reviewed\n")
            try await expectStale(
                workspace, server, naming: "the configuration file bankhook.yaml changed")
            try workspace.write("bankhook.yaml", text)
            #expect(try await workspace.run("apply", "plan.json").status == 0)
        }
    }

    @Test func `another policy file makes it stale`() async throws {
        try await with { workspace, server in
            try workspace.write("policy.yaml", "max_changes: 5\n")
            workspace.variables["BANKHOOK_POLICY"] = "policy.yaml"
            try await expectStale(workspace, server, naming: "the policy file policy.yaml")
            #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
            try workspace.write("policy.yaml", "max_changes: 6\n")
            try await expectStale(workspace, server, naming: "the policy file policy.yaml changed")
            workspace.variables["BANKHOOK_POLICY"] = nil
            try await expectStale(workspace, server, naming: "policy.yaml is not read any more")
        }
    }

    @Test func `an environment more makes it stale, once its credentials are there`()
        async throws
    {
        try await with { workspace, server in
            try workspace.configure(
                [.init(name: "uat"), .init(name: "extra")], baseURL: server.baseURL)
            try await expectStale(workspace, server, naming: "bankhook.yaml changed")
            workspace.variables["EXTRA_KEY"] = nil
            let result = try await workspace.run("apply", "plan.json")
            #expect(result.status == 1)
            #expect(result.error.contains("extra: credentials.api_key: env EXTRA_KEY"))
            #expect(!result.error.contains("--target"))
            #expect(!result.error.contains("stale"))
        }
    }

    @Test func `a rotated key or webhook secret makes it stale`() async throws {
        try await with { workspace, server in
            workspace.variables["TOKEN"] = "canary-token-0123456789"
            try workspace.configure(
                [
                    .init(
                        name: "uat", url: "https://uat.lender.example/{token}",
                        more: ["webhook_secrets:", "  token: { env: TOKEN }"])
                ], baseURL: server.baseURL)
            #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
            #expect(!(try workspace.read("plan.json").contains("canary")))
            workspace.variables["TOKEN"] = "another-token-0123456789"
            try await expectStale(workspace, server, naming: "uat: its webhook secret token")
            workspace.variables["UAT_KEY"] = "rotated"
            try await expectStale(workspace, server, naming: "uat: its API key or server hash")
        }
    }

    @Test func `a record that changed makes it stale, also one that is not targeted`()
        async throws
    {
        try await with { workspace, server in
            try workspace.configure(
                [.init(name: "uat"), .init(name: "other")], baseURL: server.baseURL)
            let plan = try await workspace.run("plan", "--target", "u*", "--out", "plan.json")
            #expect(plan.status == 0)
            #expect(try await workspace.apply("--target", "other").status == 0)
            try await expectStale(
                workspace, server, requests: 1, naming: "other was recorded since")
        }
    }

    @Test func `the targets and the reassertion of the plan hold`() async throws {
        try await with { workspace, server in
            try workspace.configure(
                [.init(name: "uat"), .init(name: "other")], baseURL: server.baseURL)
            #expect(try await workspace.apply().status == 0)
            let plan = try await workspace.run(
                "plan", "--target", "u*", "--reassert", "--out", "plan.json")
            #expect(plan.status == 0)
            // Only what the plan targets needs its credentials.
            workspace.variables["OTHER_KEY"] = nil
            let result = try await workspace.run("apply", "plan.json", "--format", "json")
            #expect(result.status == 0)
            #expect(try result.json["summary"]?["applied"] == .integer(1))
            #expect(server.requests.count == 3)
            #expect(try workspace.record("other")?["serial"] == .integer(1))
        }
    }

    @Test func `a target that is gone makes it stale and is no error of its own`() async throws {
        try await with { workspace, server in
            let plan = try await workspace.run("plan", "--target", "uat", "--out", "plan.json")
            #expect(plan.status == 0)
            try workspace.configure([.init(name: "renamed")], baseURL: server.baseURL)
            try await expectStale(workspace, server, naming: "bankhook.yaml changed")
        }
    }

    @Test func `a plan saved without credentials is refused when they tell of another change`()
        async throws
    {
        try await with { workspace, server in
            #expect(try await workspace.run("apply", "plan.json").status == 0)
            let variables = workspace.variables
            workspace.variables["UAT_KEY"] = nil
            #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
            #expect(try await workspace.run("apply", "plan.json").status == 1)
            workspace.variables["UAT_KEY"] = "rotated"
            try await expectStale(
                workspace, server, requests: 1, naming: "uat: saved as unchanged, now update")
            workspace.variables = variables
            #expect(try await workspace.run("apply", "plan.json").status == 0)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a plan lifts no check but what was allowed when it was saved or is allowed now`()
        async throws
    {
        try await with { workspace, server in
            #expect(try await workspace.run("apply", "plan.json").status == 0)
            try workspace.configure(
                [.init(name: "uat", mode: "net_banking")], baseURL: server.baseURL)
            #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
            let refused = try await workspace.run("apply", "plan.json")
            #expect(refused.status == 5)
            #expect(refused.error.contains("--allow mode-downgrade"))
            #expect(server.requests.count == 1)

            let plan = try await workspace.run(
                "plan", "--out", "allowing.json", "--allow", "mode-downgrade", "--format", "json")
            #expect(plan.status == 0)
            #expect(try plan.json["refusals"] == [])
            #expect(plan.error.contains("allowed by the saved plan: mode-downgrade"))

            let applied = try await workspace.run("apply", "plan.json", "--allow", "mode-downgrade")
            #expect(applied.status == 0)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `what the plan allows need not be allowed again, and staleness comes first`()
        async throws
    {
        try await with { workspace, server in
            #expect(try await workspace.run("apply", "plan.json").status == 0)
            let downgrade = Workspace.Entry(
                name: "uat", mode: "net_banking", more: ["protected: true"])
            try workspace.configure([downgrade], baseURL: server.baseURL)
            let plan = try await workspace.run(
                "plan", "--out", "plan.json", "--allow", "mode-downgrade")
            #expect(plan.output.contains("Apply will need --allow protected:"))
            #expect(try await workspace.run("apply", "plan.json").status == 5)
            let text = try workspace.read("bankhook.yaml")
            try workspace.write("bankhook.yaml", text + "\n")
            try await expectStale(workspace, server, requests: 1, naming: "bankhook.yaml changed")
            try workspace.write("bankhook.yaml", text)
            let applied = try await workspace.run("apply", "plan.json", "--allow", "protected")
            #expect(applied.status == 0)
            #expect(applied.error.contains("allowed by the saved plan: mode-downgrade"))
        }
    }

    @Test func `a stale plan is data too where data was asked for`() async throws {
        try await with { workspace, _ in
            try workspace.write("bankhook.yaml", try workspace.read("bankhook.yaml") + "\n")
            let result = try await workspace.run("apply", "plan.json", "--format", "json")
            #expect(result.status == 4)
            guard case .array(let diagnostics)? = try result.json["diagnostics"] else {
                Issue.record("no diagnostics")
                return
            }
            #expect(diagnostics.count == 2)
            #expect(diagnostics.allSatisfy { $0["code"] == "plan_stale" })
        }
    }

    @Test func `what another apply records while this one waits for the lock makes it stale`()
        async throws
    {
        try await with { workspace, server in
            let fleet = workspace
            let first = try await workspace.startOnTerminal(["apply"]) { _, terminal in
                try await terminal.read(until: "Only 'yes' is accepted")
                var error = ""
                let status = try await fleet.startReading([
                    "apply", "plan.json", "--lock-timeout", "10m",
                ]) { line in
                    error += line
                    if line.hasPrefix("waiting: locked by") { try? terminal.type("yes") }
                }
                #expect(status == 4)
                #expect(error.contains("uat was recorded since"))
                try await terminal.read(until: "1 applied")
            }
            #expect(first.status == 0)
            #expect(server.requests.count == 1)
            #expect(try workspace.record("uat")?["serial"] == .integer(1))
            #expect(try workspace.record("uat")?["pending"] == .null)
            #expect(try await workspace.apply().status == 0)
        }
    }
}
