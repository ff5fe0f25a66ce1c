import Foundation
import TestSupport
import Testing

/// What a run reads is replaced by nothing that it writes.
@Suite struct InputFileTests {
    private static let options = ["--out", "--out-json", "--out-markdown"]
    private static let names = [
        "bankhook.yaml", "./folder/../bankhook.yaml", "real.yaml", "policy.yaml", "key",
        "roots.pem",
        "bankhook.state/uat.json", "linked/uat.json", "bankhook.state/.lock",
        "bankhook.state/new",
    ]

    /// A workspace that has applied once, with a configuration that is reached through a link too.
    private func with(_ body: (Workspace) async throws -> Void) async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.write("key", "canary-key-in-a-file")
                try workspace.write("roots.pem", try TestCertificateAuthority(named: "x").caPEM)
                try workspace.configure(
                    [
                        .init(
                            name: "uat",
                            more: [
                                "ca_file: roots.pem",
                                "credentials: { api_key: { file: key } }",
                            ])
                    ], baseURL: server.baseURL)
                try workspace.write("policy.yaml", "max_changes: 5\n")
                workspace.variables["BANKHOOK_POLICY"] = "policy.yaml"
                #expect(try await workspace.apply().status == 0)
                let files = FileManager.default
                try files.createDirectory(
                    atPath: workspace.path("folder"), withIntermediateDirectories: false)
                try files.createSymbolicLink(
                    atPath: workspace.path("linked"), withDestinationPath: "bankhook.state")
                try await body(workspace)
            }
        }
    }

    /// Runs with an output at `name`, and expects that it is refused and nothing changes.
    private func expectRefused(
        _ arguments: [String], _ name: String, in workspace: Workspace,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try workspace.contents()
        let result = try await Bankhook.run(
            arguments + [name], in: workspace.directory, variables: workspace.variables)
        #expect(result.status == 1, sourceLocation: sourceLocation)
        #expect(
            result.error.contains("\(name) cannot be written: "), sourceLocation: sourceLocation)
        #expect(try workspace.contents() == before, sourceLocation: sourceLocation)
    }

    @Test(arguments: InputFileTests.options)
    func `a plan replaces nothing that it reads`(option: String) async throws {
        try await with { workspace in
            try FileManager.default.moveItem(
                atPath: workspace.path("bankhook.yaml"), toPath: workspace.path("real.yaml"))
            try FileManager.default.createSymbolicLink(
                atPath: workspace.path("bankhook.yaml"), withDestinationPath: "real.yaml")
            for name in InputFileTests.names {
                try await expectRefused(["plan", option], name, in: workspace)
            }
        }
    }

    @Test func `an apply replaces nothing that it reads, its plan included`() async throws {
        try await with { workspace in
            #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
            for name in ["plan.json", "bankhook.yaml", "bankhook.state/uat.json", "key"] {
                try await expectRefused(["apply", "plan.json", "--out-json"], name, in: workspace)
            }
            // Neither does one that ends before it has read anything.
            try await expectRefused(["apply", "--out-json"], "bankhook.yaml", in: workspace)
        }
    }

    @Test func `a mistake in the configuration is not told in its place`() async throws {
        try await with { workspace in
            try workspace.write("bankhook.yaml", "version: 1\nodd: 1\n")
            try await expectRefused(["plan", "--out-json"], "bankhook.yaml", in: workspace)
            try await expectRefused(["plan", "--out-markdown"], "policy.yaml", in: workspace)
        }
    }

    @Test func `nothing is written into a directory of configurations that would be read there`()
        async throws
    {
        try await with { workspace in
            try FileManager.default.moveItem(
                atPath: workspace.path("bankhook.yaml"), toPath: workspace.path("folder/a.yml"))
            let plan = ["plan", "-c", "folder", "--out-json"]
            for name in ["folder/a.yml", "folder/b.yaml"] {
                try await expectRefused(plan, name, in: workspace)
            }
            let result = try await workspace.run("plan", "-c", "folder", "--out", "folder/p.json")
            #expect(!result.error.contains("cannot be written"))
        }
    }
}

extension Workspace {
    /// Every plain file below it, with its content.
    fileprivate func contents() throws -> [String: Data] {
        var contents = [String: Data]()
        for name in try FileManager.default.subpathsOfDirectory(atPath: directory) {
            contents[name] = FileManager.default.contents(atPath: path(name))
        }
        return contents
    }
}
