import Foundation
import JSONSyntax
import TestSupport
import Testing

/// The rollback check, and what else is asked of git.
@Suite struct HistoryTests {
    /// A workspace in a repository of its own, with its configuration committed.
    private func withRepository(
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
                try await repository.commit("configure")
                try await body(&workspace, repository, emulator)
            }
        }
    }

    /// Applies a URL and commits configuration and record.
    private func apply(
        _ url: String, _ workspace: inout Workspace, _ repository: GitRepository,
        _ emulator: EmulatorProcess
    ) async throws -> String {
        try workspace.configure([.init(name: "uat", url: url)], baseURL: emulator.baseURL)
        #expect(try await workspace.apply().status == 0)
        return try await repository.commit(url)
    }

    private static let old = "https://old.lender.example/hook"
    private static let new = "https://new.lender.example/hook"

    @Test func `a revert of configuration and state together is sent again`() async throws {
        try await withRepository { workspace, repository, emulator in
            _ = try await apply(HistoryTests.old, &workspace, repository, emulator)
            let newer = try await apply(HistoryTests.new, &workspace, repository, emulator)
            let quiet = try await workspace.run("plan", "--detailed-exitcode")
            #expect(quiet.status == 0)
            #expect(quiet.output == "Plan: nothing to send; 1 unchanged.\n")
            try await repository.git("revert", "--no-edit", "HEAD")

            let plan = try await workspace.run("plan", "--detailed-exitcode")
            #expect(plan.status == 2)
            #expect(plan.output.contains("uat: reassert"))
            #expect(plan.output.contains("state was rolled back: commit \(newer)"))
            #expect(try await workspace.apply().status == 0)
            #expect(try workspace.record("uat")?["serial"] == .integer(3))
            #expect(try await emulator.list("requests").count == 3)
            #expect(try await workspace.run("plan", "--detailed-exitcode").status == 0)
        }
    }

    @Test func `a record that HEAD has and that is gone here is not registered in silence`()
        async throws
    {
        try await withRepository { workspace, repository, emulator in
            let first = try await workspace.run("plan")
            #expect(!first.output.contains("HEAD has a record"))
            _ = try await apply(HistoryTests.old, &workspace, repository, emulator)
            for path in ["bankhook.state/uat.json", "bankhook.state"] {
                try FileManager.default.removeItem(atPath: "\(workspace.directory)/\(path)")
                let plan = try await workspace.run("plan")
                #expect(plan.output.contains("git checkout HEAD -- bankhook.state/uat.json\n"))
                let json = try await workspace.apply()
                #expect(json.status == 0)
                #expect("\(json.result.output)".contains("record_removed"))
            }
            // Dropped on purpose, and committed.
            #expect(try await workspace.run("state", "forget", "uat").status == 0)
            try await repository.commit("forget")
            #expect(try await !workspace.run("plan").output.contains("HEAD has a record"))
        }
    }

    @Test func `a record that went with the folders above it is missed too`() async throws {
        try await withRepository { workspace, repository, emulator in
            try workspace.configure(
                [.init(name: "uat")], baseURL: emulator.baseURL,
                state: ["state: { directory: \"a b/records\" }"])
            #expect(try await workspace.apply().status == 0)
            try await repository.commit("applied")
            try FileManager.default.removeItem(atPath: workspace.path("a b"))
            let plan = try await workspace.run("plan")
            #expect(plan.output.contains("git checkout HEAD -- 'a b/records/uat.json'\n"))
        }
    }

    @Test func `an old pipeline that runs again is refused until it is allowed`() async throws {
        try await withRepository { workspace, repository, emulator in
            _ = try await apply(HistoryTests.old, &workspace, repository, emulator)
            _ = try await apply(HistoryTests.new, &workspace, repository, emulator)
            try await repository.git("checkout", "--quiet", "HEAD~1")

            let plan = try await workspace.run("plan", "--detailed-exitcode", "--format", "json")
            #expect(plan.status == 0)
            #expect(plan.output.contains(#""code": "state_behind""#))
            #expect(plan.output.contains(#""allow": "state-behind""#))
            #expect(plan.output.contains("refs/heads/main"))
            let refused = try await workspace.apply()
            #expect(refused.status == 5)
            #expect(
                refused.result.error.contains(
                    """
                           bring the later version here first (git merge or git pull), and plan again
                           nothing was sent; to go on all the same: --allow state-behind

                    """))
            // Nothing would be sent, and apply refuses all the same.
            for format in ["text", "markdown"] {
                let text = try await workspace.run("plan", "--format", format).output
                #expect(text.contains("Plan: nothing to send; 1 unchanged"))
                #expect(text.contains("Apply will refuse until that is mended"))
                #expect(!text.contains("Apply will need"))
            }
            #expect(try await emulator.list("requests").count == 2)

            #expect(try await workspace.apply("--allow", "state-behind").status == 0)
            #expect(try await emulator.list("requests").count == 3)
            #expect(try workspace.record("uat")?["serial"] == .integer(3))
        }
    }

    @Test func `allowing state-behind adds nothing to a plan that was saved without it`()
        async throws
    {
        try await withRepository { workspace, repository, emulator in
            _ = try await apply(HistoryTests.old, &workspace, repository, emulator)
            _ = try await apply(HistoryTests.new, &workspace, repository, emulator)
            try await repository.git("checkout", "--quiet", "HEAD~1")
            #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
            #expect(try await workspace.run("apply", "plan.json").status == 5)
            let stale = try await workspace.run("apply", "plan.json", "--allow", "state-behind")
            #expect(stale.status == 4)
            #expect(stale.error.contains("uat: saved as unchanged, now reassert"))
            #expect(stale.error.contains("plan --out plan.json --allow state-behind"))
            #expect(try await emulator.list("requests").count == 2)

            let plan = try await workspace.run(
                "plan", "--out", "plan.json", "--allow", "state-behind")
            #expect(plan.output.contains("uat: reassert"))
            #expect(try await workspace.run("apply", "plan.json").status == 0)
            #expect(try await emulator.list("requests").count == 3)
        }
    }

    @Test func `history that a graft cuts off is looked at all the same`() async throws {
        try await withRepository { workspace, repository, emulator in
            _ = try await apply(HistoryTests.old, &workspace, repository, emulator)
            _ = try await apply(HistoryTests.new, &workspace, repository, emulator)
            try await repository.git("revert", "--no-edit", "HEAD")
            try FileManager.default.createDirectory(
                atPath: workspace.path(".git/info"), withIntermediateDirectories: true)
            try workspace.write(
                ".git/info/grafts", try await repository.git("rev-parse", "HEAD") + "\n")
            #expect(try await workspace.run("plan", "--detailed-exitcode").status == 2)
        }
    }

    @Test func `a policy that requires history makes a check that could not look an error`()
        async throws
    {
        try await withRepository(policy: ["history: require"]) { workspace, repository, _ in
            #expect(try await workspace.apply().status == 0)
            try await repository.commit()
            #expect(try await workspace.run("plan").status == 0)
            workspace.variables["PATH"] = "/nonexistent"
            for command in [["plan"], ["apply", "--auto-approve"]] {
                let result = try await Bankhook.run(
                    command, in: workspace.directory, variables: workspace.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("policy.history"))
                #expect(result.error.contains("install git"))
            }
            try FileManager.default.removeItem(atPath: workspace.path(".git"))
            let outside = try await workspace.run("plan", "--format", "json")
            #expect(outside.status == 1)
            #expect(outside.output.contains("history_incomplete"))
        }
    }

    @Test func `without it, the plan says what could not be looked at`() async throws {
        try await withRepository { workspace, repository, _ in
            #expect(try await workspace.apply().status == 0)
            try await repository.commit()
            workspace.variables["PATH"] = "/nonexistent"
            let plan = try await workspace.run("plan", "--all")
            #expect(plan.status == 0)
            #expect(plan.output.contains("1 unchanged (history not checked)."))
            #expect(plan.output.contains("ago (history not checked)\n"))
            #expect(plan.output.contains("warning: history is not checked"))
            try FileManager.default.removeItem(atPath: workspace.path(".git"))
            let outside = try await workspace.run("plan", "--all")
            #expect(outside.output.contains("1 unchanged (no history)."))
            #expect(!outside.output.contains("warning"))
            let changed = try await workspace.run("plan", "--reassert")
            #expect(
                changed.output == """
                      = uat: reassert
                          requested (--reassert)

                    Plan: 1 to reassert; 0 unchanged (no history).

                    """)
        }
    }

    @Test func `a record names the configuration's commit, and whether it was modified`()
        async throws
    {
        try await withRepository { workspace, repository, emulator in
            func revision() throws -> JSONValue? {
                try workspace.record("uat")?["applied"]?["revision"]
            }
            let head = try await repository.git("rev-parse", "HEAD")
            #expect(try await workspace.apply().status == 0)
            #expect(try revision() == .string(head))
            try workspace.configure(
                [.init(name: "uat", url: HistoryTests.new)], baseURL: emulator.baseURL)
            #expect(try await workspace.apply().status == 0)
            #expect(try revision() == .string("\(head)+dirty"))
            try await repository.git("rm", "--quiet", "--cached", "bankhook.yaml")
            try await repository.git("commit", "--quiet", "-m", "no configuration")
            #expect(try await workspace.apply("--reassert").status == 0)
            let now = try await repository.git("rev-parse", "HEAD")
            #expect(try revision() == .string("\(now)+dirty"))
            try FileManager.default.removeItem(atPath: workspace.path(".git"))
            #expect(try await workspace.apply("--reassert").status == 0)
            #expect(try revision() == nil)
        }
    }

    @Test func `other line endings do not modify a configuration`() async throws {
        try await withRepository { workspace, repository, _ in
            let text = try workspace.read("bankhook.yaml")
            try workspace.write("bankhook.yaml", text.replacing("\n", with: "\r\n"))
            #expect(try await workspace.apply().status == 0)
            let head = try await repository.git("rev-parse", "HEAD")
            #expect(try workspace.record("uat")?["applied"]?["revision"] == .string(head))
        }
    }

    @Test func `a runner whose state nobody commits is warned, once it is committed not any more`()
        async throws
    {
        try await withRepository { workspace, repository, _ in
            func warnings(_ more: String...) async throws -> (Bool, Bool) {
                let result = try await Bankhook.run(
                    ["apply", "--auto-approve", "--format", "json"] + more,
                    in: workspace.directory, variables: workspace.variables)
                #expect(result.status == 0)
                return (
                    result.output.contains("state_on_runner"),
                    result.error.contains("a runner's disk does not last")
                )
            }
            #expect(try await warnings() == (false, false))
            workspace.variables["CI"] = "true"
            #expect(try await warnings() == (false, false))
            #expect(try await warnings("--reassert") == (true, true))
            try await repository.commit()
            #expect(try await warnings("--reassert") == (false, false))
            try FileManager.default.removeItem(atPath: workspace.path(".git"))
            #expect(try await warnings("--reassert") == (true, true))
        }
    }

    @Test func `git gets no variable that holds a secret`() async throws {
        try await withRepository { workspace, repository, _ in
            #expect(try await workspace.apply().status == 0)
            try await repository.commit()
            let folder = workspace.path("bin")
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            try workspace.write(
                "bin/git", "#!/bin/sh\n/usr/bin/env >>'\(workspace.path("seen"))'\nexit 1\n")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/git")
            workspace.variables["PATH"] = folder
            workspace.variables["GIT_DIR"] = "/nonexistent"
            workspace.variables["LANG"] = Workspace.key(of: "uat")
            let text = try workspace.read("bankhook.yaml")
            try workspace.write("bankhook.yaml", text.replacing("{ENVIRONMENT}_KEY", with: "LANG"))
            #expect(try await workspace.run("plan").status == 0)
            let seen = try workspace.read("seen")
            #expect(seen.contains("GIT_TERMINAL_PROMPT=0"))
            #expect(!seen.contains("canary"))
            #expect(!seen.contains("GIT_DIR"))
        }
    }

    @Test func `git's words cannot show a secret or speak to a CI system`() async throws {
        try await withRepository { workspace, repository, _ in
            #expect(try await workspace.apply().status == 0)
            try await repository.commit()
            let folder = workspace.path("bin")
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            workspace.variables["PATH"] = folder
            for words in [Workspace.key(of: "uat"), "::error::x ##[group]y \u{1B}[31m"] {
                try workspace.write("bin/git", "#!/bin/sh\necho '\(words)' >&2\nexit 1\n")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/git")
                for format in ["text", "json"] {
                    let plan = try await workspace.run("plan", "--format", format)
                    #expect(plan.status == 0)
                    #expect(!plan.output.contains("canary"))
                    #expect(!plan.output.contains("##[group"))
                    #expect(!plan.output.contains("\u{1B}"))
                }
            }
        }
    }
}
