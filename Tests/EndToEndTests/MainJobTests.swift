import JSONSyntax
import Testing

/// The main job with the built binary against the built emulator.
@Suite struct MainJobTests {
    @Test func `from a file to a recorded registration and an empty plan`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat"), .init(name: "production", mode: "net_banking")],
                    baseURL: emulator.baseURL)
                #expect(try await workspace.run("validate").status == 0)
                #expect(try await workspace.run("plan", "--detailed-exitcode").status == 2)
                let applied = try await workspace.apply()
                #expect(applied.status == 0)
                #expect(try applied.word("uat") == "applied")
                #expect(
                    try applied.result.json["state_files"] == [
                        "bankhook.state/production.json", "bankhook.state/uat.json",
                    ])
                #expect(try await workspace.run("plan", "--detailed-exitcode").status == 0)

                let modes = try await emulator.list("registrations").map { $0["webhook_mode"] }
                #expect(Set(modes.map { "\($0 ?? .null)" }).count == 2)
                let record = try #require(try workspace.record("uat"))
                #expect(record["serial"] == .integer(1))
                #expect(record["pending"] == .null)
                #expect(record["applied"]?["webhook_mode"] == .integer(1))
            }
        }
    }

    @Test func `every request carries its mode, zero too`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", mode: "net_banking")], baseURL: emulator.baseURL)
                #expect(try await workspace.apply().status == 0)
                let requests = try await emulator.list("requests")
                #expect(requests.count == 1)
                #expect(requests.first?["body"]?["webhook_mode"] == .integer(0))
            }
        }
    }

    @Test func `the session flow has its own call and its own success`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", mode: "all", more: ["flow: session"])],
                    baseURL: emulator.baseURL)
                #expect(try await workspace.apply().status == 0)
                let registrations = try await emulator.list("registrations")
                #expect(registrations.first?["flow"] == "session")
                #expect(registrations.first?["webhook_mode"] == .integer(3))
            }
        }
    }

    @Test func `a mode that stops manual uploads needs its own word`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                #expect(try await workspace.apply().status == 0)
                try workspace.configure(
                    [.init(name: "uat", mode: "net_banking")], baseURL: emulator.baseURL)
                let plan = try await workspace.run("plan")
                #expect(plan.output.contains("stops webhooks for manual uploads"))
                let before = try workspace.read("bankhook.state/uat.json")

                let refused = try await workspace.apply()
                #expect(refused.status == 5)
                #expect(refused.result.error.contains("--allow mode-downgrade"))
                #expect(try workspace.read("bankhook.state/uat.json") == before)
                #expect(try await emulator.list("requests").count == 1)

                #expect(try await workspace.apply("--allow", "mode-downgrade").status == 0)
                #expect(
                    try await emulator.list("registrations").first?["webhook_mode"] == .integer(0))
            }
        }
    }

    @Test func `wrong keys fail, change nothing and are not shown`() async throws {
        try await EmulatorProcess.with(["--account", "right-key:right-hash"]) { emulator in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                let applied = try await workspace.apply()
                #expect(applied.status == 3)
                #expect(try applied.word("uat") == "failed")
                #expect(try applied.outcome("uat")["status"] == .integer(401))
                #expect(!workspace.exists("bankhook.state/uat.json"))
                #expect(!applied.result.output.contains(Workspace.key(of: "uat")))
                #expect(!applied.result.error.contains(Workspace.hash(of: "uat")))
            }
        }
    }

    @Test func `missing credentials are listed at once and nothing is sent`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "a"), .init(name: "b"), .init(name: "c")],
                    baseURL: emulator.baseURL)
                workspace.variables["A_KEY"] = nil
                workspace.variables["B_HASH"] = ""
                let result = try await workspace.run("apply", "--auto-approve")
                #expect(result.status == 1)
                #expect(result.error.contains("a: credentials.api_key: env A_KEY"))
                #expect(result.error.contains("b: credentials.server_hash: env B_HASH"))
                #expect(result.error.contains("--target c"))
                #expect(try await emulator.list("requests").isEmpty)
                #expect(!workspace.exists("bankhook.state"))

                let plan = try await workspace.run("plan", "--format", "json")
                #expect(plan.status == 0)
                #expect(
                    plan.output.contains(
                        #"would not show; a: env A_KEY is not set; b: env B_HASH is empty""#))
                guard case .array(let changes)? = try plan.json["changes"] else {
                    Issue.record("no changes")
                    return
                }
                #expect(
                    changes.map { $0["account_compared"] } == [
                        .bool(false), .bool(false), .bool(true),
                    ])
                workspace.variables["B_HASH"] = "two words"
                let unusable = try await workspace.run("plan", "--target", "b").output
                #expect(unusable.contains("1 environment was planned without usable credentials"))
                #expect(unusable.contains("; b: env B_HASH holds something other than"))
                #expect(!unusable.contains("two words"))
                #expect(try await workspace.apply("--target", "c").status == 0)
            }
        }
    }

    @Test func `what agrees is sent again where that was asked for`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                #expect(try await workspace.apply().status == 0)
                let plan = try await workspace.run("plan", "--reassert", "--detailed-exitcode")
                #expect(plan.status == 2)
                #expect(plan.output.contains("uat: reassert"))
                #expect(try await workspace.apply("--reassert").status == 0)
                #expect(try await emulator.list("requests").count == 2)
                #expect(try workspace.record("uat")?["serial"] == .integer(2))
            }
        }
    }

    @Test func `a thousand environments apply once and plan empty`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.configure(
                    (0..<1_000).map { Workspace.Entry(name: "account-\($0)") },
                    baseURL: emulator.baseURL)
                let applied = try await workspace.apply("--parallelism", "16")
                #expect(applied.status == 0)
                #expect(try await emulator.list("registrations").count == 1_000)
                #expect(try await workspace.run("plan", "--detailed-exitcode").status == 0)
            }
        }
    }
}
