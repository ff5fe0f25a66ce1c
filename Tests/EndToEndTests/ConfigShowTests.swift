import JSONSyntax
import Testing

/// `bankhook config show`.
@Suite struct ConfigShowTests {
    /// Every field, names and paths that need quotes, and no secret that could be resolved.
    private static let configuration = """
        version: 1
        x-common: &common { reassert_after: 7d }
        defaults:
          webhook_mode: net_banking
          credentials:
            api_key: { env: "BANKCONNECT_{ENVIRONMENT}_KEY" }
            server_hash: { file: "secrets of {environment}/hash" }
        policy:
          webhook_hosts: ["hooks.lender.example", "*.bank.example"]
          api_hosts: [gateway.example]
          max_changes: 30%
          env: ["*_1_KEY", "BANKCONNECT_*", "NULL"]
          files: ["."]
        state: { directory: "the state: of #1" }
        environments:
          "no":
            <<: *common
            webhook_url: https://hooks.lender.example/b/{token}?k={second}
            webhook_mode: 3
            flow: session
            base_url: https://GATEWAY.example:443/
            webhook_secrets:
              token: { env: "NULL" }
              second: { file: "a, b: [c" }
            protected: true
            probe: require
            probe_headers: { X-Secret-Key: { env: "NULL" }, x-a: { file: "a: b" } }
            timeout: 2m
            ca_file: "a\\tb\\"c\\\\d##[e.pem"
          "1":
            webhook_url: https://x.bank.example

        """

    private func with(_ body: (inout Workspace) async throws -> Void) async throws {
        try await Workspace.with { workspace in
            try workspace.write("bankhook.yaml", Self.configuration)
            try await body(&workspace)
        }
    }

    @Test func `what is shown is a configuration that comes to the same`() async throws {
        try await with { workspace in
            let first = try await workspace.run("config", "show")
            #expect(first.status == 0)
            #expect(first.error.isEmpty)
            let json = try await workspace.run("config", "show", "--format", "json")
            try workspace.write("bankhook.yaml", first.output)
            let validated = try await workspace.run("validate")
            #expect(validated.status == 0)
            #expect(validated.output == "bankhook.yaml: ok, 2 environments\n")
            #expect(try await workspace.run("config", "show").output == first.output)
            #expect(
                try await workspace.run("config", "show", "--format", "json").output
                    == json.output)
        }
    }

    @Test func `the environments alone can be pasted into another file`() async throws {
        try await with { workspace in
            let shown = try await workspace.run("config", "show").output
            let start = try #require(shown.firstRange(of: "environments:\n")).lowerBound
            try workspace.write(
                "pasted.yaml",
                "version: 1\npolicy: { api_hosts: [gateway.example] }\n" + shown[start...])
            let validated = try await workspace.run("validate", "-c", "pasted.yaml")
            #expect(validated.status == 0)
            #expect(validated.error.isEmpty)
        }
    }

    @Test func `as data every key is there, and null is what is off`() async throws {
        try await with { workspace in
            let result = try await workspace.run("config", "show", "--format", "json")
            #expect(result.status == 0)
            let json = try result.json
            #expect(json["format_version"] == .integer(1))
            #expect(json["state"] == ["directory": "the state: of #1"])
            #expect(
                json["policy"] == [
                    "api_hosts": ["gateway.example"],
                    "env": ["*_1_KEY", "BANKCONNECT_*", "NULL"], "files": ["."],
                    "history": "warn", "max_changes": "30%",
                    "webhook_hosts": ["*.bank.example", "hooks.lender.example"],
                ])
            #expect(
                json["environments"]?["1"] == [
                    "base_url": "https://apis.bankconnect.finbox.in", "ca_file": .null,
                    "credentials": [
                        "api_key": ["env": "BANKCONNECT_1_KEY"],
                        "server_hash": ["file": "secrets of 1/hash"],
                    ],
                    "flow": "entity", "probe": "off", "probe_headers": .object([]),
                    "protected": .bool(false), "reassert_after": .null,
                    "timeout": "30s", "webhook_mode": .integer(0), "webhook_secrets": .object([]),
                    "webhook_url": "https://x.bank.example",
                ])
            #expect(json["environments"]?["no"]?["webhook_mode"] == .integer(3))
            #expect(json["environments"]?["no"]?["ca_file"] == "a\tb\"c\\d##[e.pem")
            #expect(!result.output.contains("##["))
        }
    }

    @Test func `without a policy nothing is limited`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let json = try await workspace.run("config", "show", "--format", "json").json
            #expect(
                json["policy"] == [
                    "api_hosts": [], "env": .null, "files": .null, "history": "warn",
                    "max_changes": .null,
                    "webhook_hosts": .null,
                ])
        }
    }

    @Test(arguments: ["text", "json"])
    func `no secret is resolved, at hand or not`(format: String) async throws {
        try await Workspace.with { workspace in
            try workspace.configure(
                [.init(name: "uat", more: ["credentials: { api_key: { file: key } }"])],
                baseURL: "http://127.0.0.1:1")
            try workspace.write("key", "canary-in-a-file")
            let result = try await workspace.run("config", "show", "--format", format)
            #expect(result.status == 0)
            #expect(!result.output.contains("canary"))
            #expect(result.output.contains("UAT_HASH"))
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    @Test(arguments: ["text", "json"])
    func `a name that may be a key itself is not shown`(format: String) async throws {
        try await Workspace.with { workspace in
            let key = "sk9f8e7d6c5b4a3f2e1d0c9b8a"
            try workspace.configure(
                [.init(name: "uat", more: ["credentials: { api_key: { env: \(key) } }"])],
                baseURL: "http://127.0.0.1:1")
            let result = try await workspace.run("config", "show", "--format", format)
            #expect(result.status == 0)
            #expect(!(result.output + result.error).contains(key))
            #expect(result.output.contains("<redacted>"))
            #expect(result.error.contains("uat"))
            #expect(result.error.contains("rotate it"))
        }
    }

    @Test func `a policy file's rules are shown, and where they came from`() async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            try workspace.write("policy.yaml", "webhook_hosts: ['*.lender.example']\n")
            workspace.variables["BANKHOOK_POLICY"] = "policy.yaml"
            let result = try await workspace.run("config", "show")
            #expect(result.output.contains("policy:  # from policy.yaml\n"))
            #expect(result.output.contains("  webhook_hosts: [\"*.lender.example\"]\n"))
            try workspace.write("policy.yaml", "webhook_hosts: []\n")
            #expect(try await workspace.run("config", "show").status == 1)
        }
    }

    @Test func `a configuration without environments is shown too`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("bankhook.yaml", "version: 1\nenvironments: {}\n")
            let result = try await workspace.run("config", "show")
            #expect(result.status == 0)
            try workspace.write("bankhook.yaml", result.output)
            #expect(try await workspace.run("config", "show").output == result.output)
        }
    }

    @Test(arguments: [["config", "edit"], ["config", "show", "uat"]])
    func `nothing else stands under config`(arguments: [String]) async throws {
        try await Workspace.with { workspace in
            try workspace.configure([.init(name: "uat")], baseURL: "http://127.0.0.1:1")
            let result = try await Bankhook.run(
                arguments, in: workspace.directory, variables: workspace.variables)
            #expect(result.status == 64)
            #expect(result.output.isEmpty)
        }
    }
}
