import Foundation
import TestSupport
import Testing

/// What a git that was killed leaves in the clone.
@Suite struct GitLeftoverTests {
    @Test func `a lock file that a killed git left is named, and what to do about it`()
        async throws
    {
        try await EmulatorProcess.with { emulator in
            try await Workspace.with { workspace in
                workspace.variables.merge(GitRepository.variables) { $1 }
                let repository = try await GitRepository(at: workspace.directory)
                let remote = workspace.path("remote.git")
                try await repository.git("init", "--quiet", "--bare", remote)
                try await repository.git("remote", "add", "origin", remote)
                try workspace.configure([.init(name: "uat")], baseURL: emulator.baseURL)
                let text = try workspace.read("bankhook.yaml")
                try workspace.write(
                    "bankhook.yaml", text + "state: { git: { remote: origin, branch: state } }\n")
                #expect(try await workspace.run("state", "init").status == 0)
                try workspace.write(".git/packed-refs.lock", "")
                let refused = try await workspace.run("apply", "--auto-approve")
                #expect(refused.status == 1)
                #expect(refused.error.contains("/.git/packed-refs.lock': File exists"))
                #expect(refused.error.contains("remove that file"))
                try FileManager.default.removeItem(atPath: workspace.path(".git/packed-refs.lock"))
                #expect(try await workspace.apply().status == 0)
            }
        }
    }
}
