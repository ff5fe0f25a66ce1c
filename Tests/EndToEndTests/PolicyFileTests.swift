import JSONSyntax
import Testing

/// `--policy` and `BANKHOOK_POLICY`.
@Suite struct PolicyFileTests {
    /// A workspace whose configuration breaks no rule, with a strict and a lax policy beside it.
    private func with(_ body: (inout Workspace) async throws -> Void) async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            try workspace.write("strict.yaml", "webhook_hosts: ['*.bank.example']\n")
            try workspace.write("lax.yaml", "webhook_hosts: ['*.lender.example']\n")
            try await body(&workspace)
        }
    }

    private static let refusal =
        "bankhook.yaml:10:18: error: policy.webhook_hosts does not allow uat.lender.example"

    @Test(arguments: [
        ["validate"], ["plan"], ["apply", "--auto-approve"], ["state", "list"],
        ["state", "show", "uat"],
    ])
    func `every command that reads the configuration obeys a policy file`(command: [String])
        async throws
    {
        try await with { workspace in
            let refused = try await Bankhook.run(
                command + ["--policy", "strict.yaml"], in: workspace.directory,
                variables: workspace.variables)
            #expect(refused.status == 1)
            #expect(refused.error.contains(Self.refusal))
            #expect(refused.output.isEmpty)
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    @Test func `the option beats the variable, and an empty variable is none`() async throws {
        try await with { workspace in
            #expect(try await workspace.run("validate").status == 0)
            workspace.variables["BANKHOOK_POLICY"] = "strict.yaml"
            let refused = try await workspace.run("validate")
            #expect(refused.status == 1)
            #expect(refused.error.contains(Self.refusal))
            #expect(try await workspace.run("validate", "--policy", "lax.yaml").status == 0)
            workspace.variables["BANKHOOK_POLICY"] = "lax.yaml"
            #expect(try await workspace.run("validate").status == 0)
            #expect(try await workspace.run("validate", "--policy", "strict.yaml").status == 1)
            workspace.variables["BANKHOOK_POLICY"] = ""
            #expect(try await workspace.run("validate").status == 0)
        }
    }

    @Test func `a policy file and a policy in the configuration are an error at its key`()
        async throws
    {
        try await with { workspace in
            try workspace.configure(
                [.init(name: "uat")], baseURL: "http://127.0.0.1:1", policy: ["max_changes: 5"])
            let result = try await workspace.run(
                "validate", "--policy", "lax.yaml", "--format", "json")
            #expect(result.status == 1)
            let json = try result.json
            guard case .array(let diagnostics) = json["diagnostics"] else {
                Issue.record("there is no list of diagnostics")
                return
            }
            #expect(diagnostics.map { $0["code"] } == ["policy_twice"])
            #expect(diagnostics.first?["file"] == "bankhook.yaml")
            #expect(diagnostics.first?["line"] == .integer(8))
            #expect(diagnostics.first?["column"] == .integer(1))
        }
    }

    @Test func `a policy file's own mistakes have its path and its places`() async throws {
        try await with { workspace in
            try workspace.write("policy.yaml", "max_changes: 5\nwebhook_host: []\n")
            let result = try await workspace.run("plan", "--policy", "policy.yaml")
            #expect(result.status == 1)
            #expect(result.error.contains("policy.yaml:2:1: error: unknown key 'webhook_host'"))
            #expect(result.error.contains("    2 | webhook_host: []"))
        }
    }

    @Test func `a policy file that is not there is an error and never no policy`() async throws {
        try await with { workspace in
            workspace.variables["BANKHOOK_POLICY"] = "none.yaml"
            for arguments in [["plan"], ["apply", "--auto-approve"]] {
                let result = try await Bankhook.run(
                    arguments, in: workspace.directory, variables: workspace.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("none.yaml:1:1: error: there is no such file"))
                #expect(!workspace.exists("bankhook.state"))
            }
        }
    }
}
