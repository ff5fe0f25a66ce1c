import BankhookGitStore
import BankhookModel
import BankhookState
import Foundation
import Git
import TestSupport
import Testing

/// A remote that never answers ends by the time limit of one call, a minute in the program.
@Suite struct GitHangTests {
    @Test func `a push that hangs ends by its time limit, and what it started ends too`()
        async throws
    {
        try await GitScene.withClone { scene, clone, _ in
            try scene.hook("pre-receive", "echo $$ >pid; exec sleep 1000")
            let branch = StateBranch(
                remote: "origin", branch: GitScene.branch, path: "",
                lease: StateBranch.defaultLease, folder: clone.directory)
            let repository = GitBranchRepository(
                branch,
                git: Git(
                    environment: GitEnvironment(GitRepository.variables, reachesRemotes: true)),
                host: "host", now: { Timestamp(Date()) },
                makeID: { UUID().uuidString.lowercased() },
                shown: { $0 }, timeLimit: { .seconds(3) })
            let tip = try #require(try await repository.fetch(knowing: nil))
            let commit = try await repository.commit(
                [BranchChange(file: "uat.json", bytes: [])], on: tip.id, CommitText("x"),
                kept: false)
            await #expect(throws: PushFailure.self) {
                try await repository.push(commit, replacing: tip.id)
            }
            #expect(try await scene.tip() == tip.id)
            let file = URL(filePath: "\(scene.remote.path)/pid")
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            let pid = try #require(Int32(text.split(separator: "\n").first ?? ""))
            // It may take a moment until somebody has collected it.
            while kill(pid, 0) == 0 { await Task.yield() }
        }
    }
}
