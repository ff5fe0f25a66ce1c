import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A configuration of several files.
@Suite struct DirectoryTests {
    private static let common = """
        version: 1
        defaults:
          base_url: http://127.0.0.1:1
          webhook_mode: net_banking
          credentials:
            api_key: { env: "{ENVIRONMENT}_KEY" }
            server_hash: { file: "keys/{environment}" }

        """

    private func team(_ name: String, more: String = "") -> String {
        "version: 1\nenvironments:\n  \(name): { webhook_url: "
            + "https://\(name).lender.example/x\(more) }\n"
    }

    /// A workspace with a directory of three files, as the configuration if nobody says otherwise.
    private func with(_ body: (inout Workspace) async throws -> Void) async throws {
        try await Workspace.with { workspace in
            try FileManager.default.createDirectory(
                atPath: workspace.path("conf/keys"), withIntermediateDirectories: true)
            try workspace.write("conf/common.yaml", Self.common)
            try workspace.write("conf/team-a.yaml", team("uat"))
            try workspace.write("conf/team-b.yml", team("prod"))
            workspace.variables["BANKHOOK_CONFIG"] = "conf"
            try await body(&workspace)
        }
    }

    @Test func `a directory is one configuration, whoever names it`() async throws {
        try await with { workspace in
            #expect(
                try await workspace.run("validate").output
                    == "conf: ok, 2 environments in 3 files\n")
            #expect(
                try await workspace.run("validate", "-c", "conf/").output
                    == "conf/: ok, 2 environments in 3 files\n")
            workspace.variables["BANKHOOK_CONFIG"] = nil
            try FileManager.default.moveItem(
                atPath: workspace.path("conf"), toPath: workspace.path("bankhook.yaml"))
            #expect(
                try await workspace.run("validate").output
                    == "bankhook.yaml: ok, 2 environments in 3 files\n")
            #expect(
                try await workspace.run("validate", "--format", "json").json
                    == ["diagnostics": [], "format_version": .integer(1)])
        }
    }

    @Test func `its records and its files of secrets are found in it`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await with { workspace in
                try workspace.write(
                    "conf/common.yaml",
                    Self.common.replacing("http://127.0.0.1:1", with: server.baseURL))
                for name in ["uat", "prod"] {
                    workspace.variables["\(name.uppercased())_KEY"] = Workspace.key(of: name)
                    try workspace.write("conf/keys/\(name)", Workspace.hash(of: name))
                }
                let result = try await workspace.apply()
                #expect(result.status == 0)
                #expect(workspace.exists("conf/bankhook.state/uat.json"))
                #expect(workspace.exists("conf/bankhook.state/prod.json"))
                #expect(server.requests.count == 2)
            }
        }
    }

    @Test func `what config show prints is the same configuration in one file`() async throws {
        try await with { workspace in
            let shown = try await workspace.run("config", "show")
            #expect(shown.status == 0)
            try workspace.write("conf/one.txt", shown.output)
            let one = try await workspace.run("config", "show", "-c", "conf/one.txt")
            #expect(one.output == shown.output)
        }
    }

    @Test func `one account in two files is a conflict that shows both, and no reference`()
        async throws
    {
        try await with { workspace in
            let keys = ", credentials: { api_key: { env: SAME }, server_hash: { env: HASH } }"
            try workspace.write("conf/team-a.yaml", team("uat", more: keys))
            try workspace.write("conf/team-b.yml", team("prod", more: keys))
            let result = try await workspace.run("validate")
            #expect(result.status == 1)
            #expect(
                result.error.contains(
                    "conf/team-a.yaml:3:3: error: 'uat' and 'prod' are one BankConnect account"))
            #expect(result.error.contains("conf/team-b.yml:3:3: note: 'prod' is declared here"))
            #expect(result.error.contains("{ env: <redacted> }"))
            #expect(!result.error.contains("SAME"))
        }
    }

    @Test func `each mistake has its file, in every format`() async throws {
        try await with { workspace in
            try workspace.write("conf/team-a.yaml", team("uat", more: ", flow: x"))
            try workspace.write("conf/team-b.yml", team("uat"))
            workspace.variables["GITHUB_ACTIONS"] = "true"
            let result = try await workspace.run("validate", "-c", "conf/", "--format", "json")
            #expect(result.status == 1)
            #expect(result.error.contains("::error file=conf/team-a.yaml,line=3,col="))
            #expect(
                result.error.contains(
                    "::error file=conf/team-b.yml,line=3,col=3,title=environment_twice::"))
            guard case .array(let diagnostics)? = try result.json["diagnostics"] else {
                Issue.record("there is no list of diagnostics")
                return
            }
            #expect(
                diagnostics.map { $0["file"] } == ["conf/team-a.yaml", "conf/team-b.yml"])
            #expect(diagnostics.map { $0["code"] } == ["unknown_flow", "environment_twice"])
        }
    }
}
