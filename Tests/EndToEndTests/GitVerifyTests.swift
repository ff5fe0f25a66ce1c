import JSONSyntax
import TestSupport
import Testing

/// `state verify` of a branch.
@Suite struct GitVerifyTests {
    @Test func `the chain along the branch is looked at, and damage names its commit`()
        async throws
    {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables.merge(GitRepository.variables) { $1 }
                let repository = try await GitRepository(at: workspace.directory)
                try await repository.git("init", "--quiet", "--bare", "remote.git")
                try await repository.git("remote", "add", "origin", workspace.path("remote.git"))
                try workspace.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                try workspace.write(
                    "bankhook.yaml",
                    try workspace.read("bankhook.yaml")
                        + "state: { git: { remote: origin, branch: bankhook-state } }\n")
                #expect(try await workspace.run("state", "init").status == 0)
                for _ in 0..<2 { #expect(try await workspace.apply("--reassert").status == 0) }
                let whole = try await workspace.run("state", "verify", "--format", "json")
                #expect(whole.status == 0)
                #expect(try whole.json["problems"] == [])
                #expect(try whole.json["history"]?["status"] == "complete")

                let commit = try await pushDamage(workspace)
                let damaged = try await workspace.run("state", "verify")
                #expect(damaged.status == 1)
                #expect(damaged.output.contains(commit.prefix(7)))
            }
        }
    }

    /// Edits the record by hand, and pushes that. Returns the commit.
    private func pushDamage(_ workspace: Workspace) async throws -> String {
        let hand = workspace.path("hand")
        try await GitRepository(existing: workspace.directory).git(
            "clone", "--quiet", "--branch", "bankhook-state", "remote.git", hand)
        let record = try workspace.read("hand/uat.json")
        try workspace.write(
            "hand/uat.json", record.replacing("\"serial\": 2", with: "\"serial\": 7"))
        let repository = GitRepository(existing: hand)
        let commit = try await repository.commit("by hand")
        try await repository.git("push", "--quiet", "origin", "bankhook-state")
        return commit
    }
}
