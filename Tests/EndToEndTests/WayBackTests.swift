import JSONSyntax
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The command that a silent watch prints: it must really go back.
@Suite struct WayBackTests {
    /// Runs a line as a person would paste it, with the built binary as `bankhook`.
    private static func paste(_ line: String, in workspace: Workspace) async throws
        -> Bankhook.Result
    {
        var variables = workspace.variables
        let folder = Bankhook.path.removingLastComponent().string
        variables["PATH"] = "\(folder):\(GitRepository.variables["PATH"] ?? "")"
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", line],
            environment: Bankhook.environment(variables),
            workingDirectory: FilePath(workspace.directory), input: .none,
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        return Bankhook.Result(
            status: Bankhook.status(result.terminationStatus), output: result.standardOutput,
            error: result.standardError)
    }

    private static func command(_ result: Bankhook.Result) throws -> String? {
        guard case .string(let command)? = try result.json["watch"]?["way_back"]?["command"] else {
            return nil
        }
        return command
    }

    @Test func `the printed command restores the configuration alone, and really goes back`()
        async throws
    {
        try await WatchScene.with(more: ["protected: true"], inGit: true) { scene in
            let result = try await scene.apply(
                within: "1s", ["--allow", "protected", "--format", "json"])
            #expect(result.status == 3)
            let command = try #require(try Self.command(result))
            #expect(command.hasPrefix("git restore --source="))
            #expect(
                command.hasSuffix(
                    " -- bankhook.yaml && bankhook apply --target uat --allow protected "
                        + "--auto-approve"))
            #expect(result.error.contains(command))
            #expect(result.error.contains("it drops what is not committed of bankhook.yaml"))
            let back = try await Self.paste(command, in: scene.workspace)
            #expect(back.status == 0, "\(back.error)")
            #expect(try await scene.registeredURL() == .string(scene.listener.baseURL + "/old"))
            // The record went on: what was taken back is the configuration.
            #expect(try scene.workspace.record("uat")?["serial"] == .integer(3))
            let plan = try await scene.run(["plan", "--detailed-exitcode"])
            #expect(plan.status == 0)
        }
    }

    @Test func `from another folder, with odd names and a mode that falls, it goes back too`()
        async throws
    {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables = GitRepository.variables
                try workspace.write("receipts", "")
                let repository = try await GitRepository(at: workspace.directory)
                func declare(_ path: String, _ mode: String) throws {
                    try workspace.configure(
                        [.init(name: "uat", url: "https://uat.lender.example/\(path)", mode: mode)],
                        baseURL: emulator.baseURL)
                    try workspace.write("it's one.yaml", try workspace.read("bankhook.yaml"))
                }
                let place = ["apply", "--auto-approve", "-c", "it's one.yaml"]
                try declare("old", "net_banking")
                let first = try await Bankhook.run(
                    place, in: workspace.directory, variables: workspace.variables)
                #expect(first.status == 0)
                try await repository.commit("old")
                try declare("new", "net_banking_and_manual")
                try await repository.commit("new")
                let silent = try await workspace.watch(
                    place + [
                        "--watch-receipts", "receipts", "--within", "1s", "--format", "json",
                    ]
                ) { _ in }
                let command = try #require(try Self.command(silent))
                #expect(command.contains(#"-c 'it'\''s one.yaml' --target uat"#))
                #expect(command.contains("--allow mode-downgrade"))
                #expect(!silent.error.contains("is not committed"))
                let back = try await Self.paste(command, in: workspace)
                #expect(back.status == 0, "\(back.error)")
                let registered = try await emulator.list("registrations").first?["webhook_url"]
                #expect(registered == "https://uat.lender.example/old")
            }
        }
    }

    @Test func `of several files only the one that holds the URL is restored`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables = GitRepository.variables
                let path = workspace.path("conf")
                _ = try await Self.paste("mkdir '\(path)'", in: workspace)
                try workspace.write("receipts", "")
                let repository = try await GitRepository(at: workspace.directory)
                func declare(_ name: String, _ path: String) throws {
                    let prefix = name.uppercased()
                    workspace.variables["\(prefix)_KEY"] = Workspace.key(of: name)
                    try workspace.write(
                        "conf/\(name).yaml",
                        """
                        version: 1
                        environments:
                          \(name):
                            base_url: \(emulator.baseURL)
                            webhook_url: https://\(name).lender.example/\(path)
                            webhook_mode: net_banking
                            credentials:
                              api_key: { env: \(prefix)_KEY }
                              server_hash: { env: \(prefix)_KEY }

                        """)
                }
                try declare("a", "old")
                try declare("b", "old")
                let first = try await workspace.run("apply", "--auto-approve", "-c", "conf")
                #expect(first.status == 0, "\(first.error)")
                try await repository.commit("old")
                try declare("b", "later")
                _ = try await workspace.run("apply", "--auto-approve", "-c", "conf")
                try declare("a", "new")
                let silent = try await workspace.watch([
                    "apply", "--auto-approve", "-c", "conf", "--watch-receipts", "receipts",
                    "--within", "1s", "--format", "json",
                ]) { _ in }
                let command = try #require(try Self.command(silent))
                #expect(command.contains(" -- conf/a.yaml && bankhook apply -c conf --target a"))
                let back = try await Self.paste(command, in: workspace)
                #expect(back.status == 0, "\(back.error)")
                #expect(try workspace.read("conf/b.yaml").contains("/later"))
                let urls = try await emulator.list("registrations").map { $0["webhook_url"] }
                #expect(urls.contains("https://a.lender.example/old"))
                #expect(urls.contains("https://b.lender.example/later"))
            }
        }
    }

    /// Two environments at an emulator, in git, with something that is done between their first apply
    /// and a silent change of production's URL from `/p1` to `/p2`.
    private static func silent(
        _ between:
            @Sendable @escaping (inout Workspace, GitRepository, String) async throws -> Void,
        _ body:
            @Sendable @escaping (Workspace, Bankhook.Result, EmulatorProcess) async throws -> Void
    ) async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables = GitRepository.variables
                try workspace.write("receipts", "")
                let repository = try await GitRepository(at: workspace.directory)
                try workspace.configure(entries("/u1", "/p1"), baseURL: emulator.baseURL)
                // The record names this commit, which is looked at first.
                try await repository.commit("configure")
                #expect(try await workspace.apply().status == 0)
                try await repository.commit("first")
                try await between(&workspace, repository, emulator.baseURL)
                let text = try workspace.read("bankhook.yaml")
                try workspace.write("bankhook.yaml", text.replacing("/p1", with: "/p2"))
                try await repository.commit("p2")
                let result = try await workspace.watch([
                    "apply", "--auto-approve", "--target", "production", "--watch-receipts",
                    "receipts", "--within", "1s", "--format", "json",
                ]) { _ in }
                #expect(result.status == 3, "\(result.error)")
                try await body(workspace, result, emulator)
            }
        }
    }

    private static func entries(
        _ uat: String, _ production: String, mode: String = "net_banking"
    ) -> [Workspace.Entry] {
        [
            .init(name: "uat", url: "https://uat.lender.example\(uat)"),
            .init(name: "production", url: "https://hooks.lender.example\(production)", mode: mode),
        ]
    }

    @Test func `what was changed for another environment meanwhile stays`() async throws {
        try await Self.silent { workspace, repository, baseURL in
            try workspace.configure(Self.entries("/u2", "/p1"), baseURL: baseURL)
            #expect(try await workspace.apply("--target", "uat").status == 0)
            try await repository.commit("u2")
        } _: { workspace, result, emulator in
            let command = try #require(try Self.command(result))
            let back = try await Self.paste(command, in: workspace)
            #expect(back.status == 0, "\(back.error)")
            #expect(try await workspace.run("plan", "--detailed-exitcode").status == 0)
            let urls = try await emulator.list("registrations").map { $0["webhook_url"] }
            #expect(urls.contains("https://uat.lender.example/u2"))
            #expect(urls.contains("https://hooks.lender.example/p1"))
        }
    }

    @Test
    func `a commit that would take the mode, or the place of the records, along is not restored`()
        async throws
    {
        try await Self.silent { workspace, _, baseURL in
            // What was applied was never committed as it was.
            try workspace.configure(
                Self.entries("/u1", "/p1", mode: "net_banking_and_manual"), baseURL: baseURL)
            #expect(try await workspace.apply().status == 0)
            try workspace.configure(
                Self.entries("/u9", "/p1", mode: "net_banking_and_manual"), baseURL: baseURL)
        } _: { _, result, _ in
            let command = try #require(try Self.command(result))
            #expect(command.hasPrefix("bankhook apply"))
            #expect(result.error.contains("write webhook_url: https://hooks.lender.example/p1 at"))
            #expect(!result.error.contains("mode-downgrade"))
        }
        try await Self.silent { workspace, repository, _ in
            try await repository.git("mv", "bankhook.state", "records")
            let text = try workspace.read("bankhook.yaml")
            try workspace.write("bankhook.yaml", text + "state: { directory: records }\n")
        } _: { _, result, _ in
            let command = try #require(try Self.command(result))
            #expect(command.hasPrefix("bankhook apply"))
        }
    }

    @Test func `a rotated secret is given back by hand, and is never printed`() async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                try workspace.write("receipts", "")
                try workspace.configure(
                    [
                        .init(
                            name: "uat", url: "https://uat.lender.example/{token}",
                            more: ["webhook_secrets: { token: { env: TOKEN } }"])
                    ], baseURL: emulator.baseURL)
                workspace.variables["TOKEN"] = "canary-0123456789abcdef"
                let first = try await workspace.run("apply", "--auto-approve")
                #expect(first.status == 0)
                workspace.variables["TOKEN"] = "canary-fedcba9876543210"
                let silent = try await workspace.watch([
                    "apply", "--auto-approve", "--watch-receipts", "receipts", "--within", "1s",
                ]) { _ in }
                #expect(silent.status == 3)
                #expect(silent.error.contains("give {token} in env TOKEN its former value"))
                #expect(!(silent.error + silent.output).contains("canary"))
            }
        }
    }

    @Test func `a former URL whose secret has another value now is not registered by a paste`()
        async throws
    {
        try await WatchScene.with(inGit: true) { scene in
            var scene = scene
            let repository = try await GitRepository(at: scene.workspace.directory)
            func declare(_ path: String, _ token: String) throws {
                try scene.workspace.configure(
                    [
                        .init(
                            name: "uat", url: scene.listener.baseURL + path,
                            more: ["webhook_secrets: { token: { env: TOKEN } }"])
                    ], baseURL: scene.emulator.baseURL)
                scene.workspace.variables["TOKEN"] = token
            }
            try declare("/old/{token}", "canary-0123456789abcdef")
            #expect(try await scene.run(["apply", "--auto-approve"]).status == 0)
            try await repository.commit("with a token")
            try declare("/new/{token}", "canary-fedcba9876543210")
            let silent = try await scene.apply(within: "1s", ["--format", "json"])
            #expect(silent.status == 3)
            let back = try silent.json["watch"]?["way_back"]
            guard case .string(let command)? = back?["command"],
                case .string(let message)? = back?["message"]
            else {
                Issue.record("no way back")
                return
            }
            #expect(message.contains("give {token} in env TOKEN its former value"))
            #expect(command.hasPrefix("git restore ") && !command.contains("&&"))
            #expect(!(silent.error + silent.output).contains("canary"))
        }
    }
}
