import Foundation
import JSONSyntax
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Standard output that cannot be written, and what must never be in it.
@Suite struct OutputTests {
    @Test(arguments: ["text", "json"])
    func `a full disk behind standard output does not stop the recording`(format: String)
        async throws
    {
        #expect(try await statusOfApply(writingTo: "/dev/full", format: format) == 74)
    }

    @Test(arguments: ["text", "json"])
    func `a closed pipe behind standard output changes nothing`(format: String) async throws {
        #expect(try await statusOfApply(writingTo: nil, format: format) == 0)
    }

    /// Applies with an output that fails, and checks that everything is recorded. Nil is a pipe
    /// whose reader has gone.
    private func statusOfApply(writingTo path: String?, format: String) async throws -> Int {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let output: FileDescriptor
                if let path {
                    output = try FileDescriptor.open(FilePath(path), .writeOnly)
                } else {
                    let pipe = try FileDescriptor.pipe()
                    try pipe.readEnd.close()
                    output = pipe.writeEnd
                }
                let result = try await Subprocess.run(
                    .path(Bankhook.path),
                    arguments: ["apply", "--auto-approve", "--format", format],
                    environment: Bankhook.environment(workspace.variables),
                    workingDirectory: FilePath(workspace.directory), input: .none,
                    output: .fileDescriptor(output, closeAfterSpawningProcess: true),
                    error: .string(limit: 1 << 16))
                let isSaid = result.standardError.contains("standard output cannot be written")
                #expect(isSaid == (path != nil))
                #expect(server.requests.count == 1)
                #expect(try workspace.record("uat")?["serial"] == .integer(1))
                return Bankhook.status(result.terminationStatus)
            }
        }
    }

    @Test(arguments: [
        (["apply", "--auto-approve"], 3), (["apply", "--auto-approve", "--format", "json"], 3),
        (["apply", "--auto-approve", "--format", "json", "--reassert", "-c", "guarded.yaml"], 5),
        (["apply", "--auto-approve", "--format", "json", "--target", "nobody"], 1),
        (["plan", "--detailed-exitcode"], 74), (["validate"], 74), (["--version"], 74),
    ])
    func `what went wrong outweighs an output that cannot be written, 2 does not`(
        arguments: [String], status: Int
    ) async throws {
        try await withHostileServer(script: [.respond(400)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", more: ["protected: true"])], baseURL: server.baseURL)
                try workspace.write("guarded.yaml", try workspace.read("bankhook.yaml"))
                try workspace.configure([.init(name: "uat")], baseURL: server.baseURL)
                let result = try await Subprocess.run(
                    .path(Bankhook.path), arguments: Arguments(arguments),
                    environment: Bankhook.environment(workspace.variables),
                    workingDirectory: FilePath(workspace.directory), input: .none,
                    output: .fileDescriptor(
                        try FileDescriptor.open(FilePath("/dev/full"), .writeOnly),
                        closeAfterSpawningProcess: true), error: .discarded)
                #expect(Bankhook.status(result.terminationStatus) == status)
            }
        }
    }

    @Test func `no key is in any output or file of a whole life`() async throws {
        let token = "canary-token-0123456789"
        let script: Script = [
            .respond(200), .respond(400, body: "you sent canary-key-of-uat and \(token)"),
            .resetBeforeAnswer, .respond(401, body: "no"), .respond(200),
        ]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                workspace.variables["TOKEN"] = token
                var seen = ""
                for mode in ["net_banking", "net_banking_and_manual"] {
                    try workspace.configure(
                        [
                            .init(
                                name: "uat", url: "https://uat.lender.example/{token}", mode: mode,
                                more: ["webhook_secrets:", "  token: { env: TOKEN }"])
                        ], baseURL: server.baseURL)
                    for command in [
                        ["validate"], ["plan"], ["plan", "--format", "json"],
                        ["apply", "--auto-approve"],
                        ["apply", "--auto-approve", "--format", "json"], ["state", "list"],
                        ["state", "show", "uat"], ["state", "show", "uat", "--format", "json"],
                    ] {
                        let result = try await Bankhook.run(
                            command, in: workspace.directory, variables: workspace.variables)
                        seen += result.output + result.error
                    }
                    for file in try FileManager.default.contentsOfDirectory(
                        atPath: workspace.path("bankhook.state"))
                    {
                        seen += try workspace.read("bankhook.state/\(file)")
                    }
                }
                #expect(server.requests.count == 4)
                #expect(seen.contains("<redacted>"))
                #expect(!seen.contains("canary-key"))
                #expect(!seen.contains("canary-hash"))
                #expect(!seen.contains("canary-token"))
            }
        }
    }

    @Test func `under GitHub Actions a mistake is also a command that its text cannot leave`()
        async throws
    {
        try await Workspace.with { workspace in
            workspace.variables["GITHUB_ACTIONS"] = "true"
            try workspace.write(
                "a,b.yaml",
                "version: 1\nenvironments:\n  uat:\n    flow: \"x\\n::error::y 100% ##[z]\"\n")
            let result = try await workspace.run("validate", "--config", "a,b.yaml")
            #expect(result.status == 1)
            let lines = result.error.split(separator: "\n").filter { $0.hasPrefix("::") }
            #expect(lines.count == 5)
            #expect(
                lines.contains { line in
                    line.hasPrefix("::error file=a%2Cb.yaml,line=4,col=11,title=unknown_flow::")
                        && line.contains("100%25") && !line.contains("##[")
                })
        }
    }

    @Test func `a failure is data too where data was asked for`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("bankhook.yaml", "version: 1\nenvironments: [\n")
            let plan = try await workspace.run("plan", "--format", "json")
            #expect(plan.status == 1)
            #expect(try plan.json["format_version"] == .integer(1))
            guard case .array(let diagnostics)? = try plan.json["diagnostics"] else {
                Issue.record("no diagnostics")
                return
            }
            #expect(diagnostics.count == 1)
            #expect(diagnostics.first?["file"] == "bankhook.yaml")
            #expect(diagnostics.first?["severity"] == "error")
        }
    }

    @Test func `as data a thousand mistakes are shown and the rest counted`() async throws {
        try await Workspace.with { workspace in
            let mistakes = (0..<1_003).map { "  e\($0): 5\n" }.joined()
            try workspace.write("bankhook.yaml", "version: 1\nenvironments:\n\(mistakes)")
            let json = try await workspace.run("validate", "--format", "json").json
            guard case .array(let diagnostics)? = json["diagnostics"] else {
                Issue.record("there is no list of diagnostics")
                return
            }
            #expect(diagnostics.count == 1_000)
            #expect(diagnostics.last?["line"] == .integer(1_002))
            #expect(json["omitted"] == .integer(3))
        }
    }
}
