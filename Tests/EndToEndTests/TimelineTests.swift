import Foundation
import JSONSyntax
import TestSupport
import Testing

/// `state history`, over real applies and a real repository.
@Suite struct TimelineTests {
    /// A workspace in a repository of its own, with one environment applied and committed.
    private func withCommitted(
        policy: [String] = [],
        _ body:
            @Sendable @escaping (inout Workspace, GitRepository, EmulatorProcess) async throws ->
            Void
    ) async throws {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables.merge(GitRepository.variables) { $1 }
                let repository = try await GitRepository(at: workspace.directory)
                try workspace.configure(
                    [.init(name: "uat")], baseURL: emulator.baseURL, policy: policy)
                #expect(try await workspace.apply().status == 0)
                try await repository.commit("Register it")
                try await body(&workspace, repository, emulator)
            }
        }
    }

    private func events(_ result: Bankhook.Result) throws -> [JSONValue] {
        guard case .array(let events)? = try result.json["history"] else { return [] }
        return events
    }

    @Test func `an update, a move and a forgotten record are told with before and after`()
        async throws
    {
        try await withCommitted { workspace, repository, emulator in
            try workspace.configure(
                [.init(name: "uat", mode: "net_banking")], baseURL: emulator.baseURL)
            #expect(try await workspace.apply("--allow", "mode-downgrade").status == 0)
            let lowered = try await repository.commit("Lower it\n\nRun: https://ci.example/9")
            #expect(try await workspace.run("state", "move", "uat", "sandbox").status == 0)
            try await repository.commit("Move it")
            #expect(try await workspace.run("state", "forget", "sandbox").status == 0)
            let result = try await workspace.run("state", "history", "uat", "--format", "json")
            #expect(result.status == 0)
            let events = try events(result)
            #expect(
                events.map { $0["kind"] } == ["forgotten", "moved", "updated", "registered"])
            #expect(events.first?["commit"] == .null)
            #expect(events[1]["former_environment"] == "uat")
            #expect(events[1]["environment"] == "sandbox")
            #expect(events[2]["commit"]?["id"] == .string(lowered))
            #expect(events[2]["run"] == "https://ci.example/9")
            #expect(events[2]["changed"] == ["webhook_mode"])
            #expect(events[2]["before"]?["webhook_mode"] == .integer(1))
            #expect(events[2]["after"]?["webhook_mode"] == .integer(0))
            let text = try await workspace.run("state", "history")
            #expect(text.status == 0)
            #expect(text.error.isEmpty)
            #expect(text.output.hasPrefix("not committed\n  - sandbox: forgotten, serial 3\n"))
            #expect(
                text.output.contains(
                    "webhook_mode  net_banking_and_manual (1) → net_banking (0)\n"))
            #expect(text.output.hasSuffix("\n4 events, 3 commits, 2 environments.\n"))
        }
    }

    @Test func `an unknown name is an error, a forgotten one has its history`() async throws {
        try await withCommitted { workspace, repository, _ in
            let unknown = try await workspace.run("state", "history", "nobody")
            #expect(unknown.status == 1)
            #expect(unknown.output.isEmpty)
            #expect(unknown.error.contains("nothing is recorded for 'nobody'"))
            #expect(unknown.error.contains("see bankhook state list"))
            #expect(try await workspace.run("state", "history", "No Name").status == 1)
            #expect(try await workspace.run("state", "forget", "uat").status == 0)
            try await repository.commit("Forget it")
            let forgotten = try await workspace.run("state", "history", "uat")
            #expect(forgotten.status == 0)
            #expect(forgotten.output.contains("- uat: forgotten"))
        }
    }

    @Test func `what could not be looked at is said, and an error where the policy requires it`()
        async throws
    {
        for (policy, status) in [([], 0), (["history: require"], 1)] {
            try await withCommitted(policy: policy) { workspace, _, _ in
                let path = workspace.variables["PATH"]
                workspace.variables["PATH"] = "/nonexistent"
                let blind = try await workspace.run("state", "history")
                #expect(blind.status == status)
                #expect(blind.output.contains("there is no git program on the PATH"))
                #expect(blind.output.contains("(history incomplete)"))
                workspace.variables["PATH"] = path
                try FileManager.default.removeItem(atPath: workspace.path(".git"))
                let outside = try await workspace.run("state", "history", "--format", "json")
                #expect(outside.status == status)
                #expect(try outside.json["coverage"]?["status"] == "none")
                #expect(outside.output.contains("history_incomplete") == (status == 1))
                let page = try await workspace.run("state", "history", "--format", "html")
                #expect(page.status == status)
                #expect(page.output.contains("Not everything is shown."))
            }
        }
    }

    @Test func `what somebody wrote into a commit cannot speak for bankhook, nor show a secret`()
        async throws
    {
        try await withCommitted { workspace, repository, _ in
            let hostile = [
                "<script>alert(1)</script>", "::error::x", "##[group]y", "##vso[task.x]z",
                "\u{202E}txet", "\u{1B}[31mred", "]]>\"'", Workspace.key(of: "uat"),
            ]
            for text in hostile {
                #expect(try await workspace.apply("--reassert").status == 0)
                try await repository.git("add", "--all")
                try await repository.git(
                    "-c", "user.name=\(text)", "-c", "user.email=\(text)", "commit", "--quiet",
                    "--message", "\(text)\n\nRun: \(text)")
            }
            for format in ["text", "json", "html"] {
                let result = try await workspace.run("state", "history", "--format", format)
                #expect(result.status == 0)
                for part in ["##[", "##vso[", "\u{202E}", "\u{1B}", "canary"] {
                    #expect(!result.output.contains(part), "\(format): \(part)")
                }
                #expect(!result.output.contains("<script") || format != "html")
                #expect(
                    result.output.split(separator: "\n").allSatisfy { line in
                        !line.drop { $0 == " " }.hasPrefix("::")
                    })
                #expect(result.output.contains("redacted"))
            }
        }
    }

    @Test func `the branch of a git store tells of intents and outcomes, with their runs`()
        async throws
    {
        try await withCommitted { workspace, repository, _ in
            let remote = workspace.path("remote.git")
            try await repository.git("init", "--quiet", "--bare", remote)
            try await repository.git("remote", "add", "origin", remote)
            let text = try workspace.read("bankhook.yaml")
            try workspace.write(
                "bankhook.yaml",
                text + "state: { git: { remote: origin, branch: bankhook-state, path: r } }\n")
            try FileManager.default.removeItem(atPath: workspace.path("bankhook.state"))
            workspace.variables["BANKHOOK_RUN_URL"] = "https://ci.example/runs/3"
            #expect(try await workspace.run("state", "init").status == 0)
            #expect(try await workspace.apply().status == 0)
            #expect(try await workspace.apply("--reassert").status == 0)
            let result = try await workspace.run("state", "history", "--format", "json")
            #expect(result.status == 0)
            #expect(try result.json["coverage"]?["status"] == "complete")
            let events = try events(result)
            #expect(
                events.map { $0["kind"] } == ["reasserted", "intent", "registered", "intent"])
            #expect(events.allSatisfy { $0["run"] == "https://ci.example/runs/3" })
            #expect(try await workspace.run("state", "history", "nobody").status == 1)
        }
    }

    @Test func `damage is named where it was committed, and does not stop the rest`() async throws {
        try await withCommitted { workspace, repository, _ in
            try workspace.write("bankhook.state/uat.json", "<<<<<<< HEAD\n")
            try await repository.commit("Break it")
            let result = try await workspace.run("state", "history")
            #expect(result.status == 0)
            #expect(
                result.output.contains(
                    "x uat: damaged, serial 1\n      it holds merge-conflict markers"))
            #expect(result.output.contains("+ uat: registered, serial 1"))
        }
    }
}
