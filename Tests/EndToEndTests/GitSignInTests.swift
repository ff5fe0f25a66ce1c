import Foundation
import Subprocess
import TestSupport
import Testing

/// Remotes that want somebody to sign in.
@Suite struct GitSignInTests {
    @Test func `ssh goes through GIT_SSH_COMMAND`() async throws {
        try await GitScene.with { scene, _ in
            // The command that would run on the host runs here.
            try GitScene.program(
                "\(scene.folder)/ssh",
                "echo \"$@\" >>\(scene.folder)/calls; for last; do :; done; eval \"$last\"")
            var clone = try await scene.clone(
                "clone", remote: "ssh://git@host.example\(scene.remote.path)")
            clone.variables["GIT_SSH_COMMAND"] = "\(scene.folder)/ssh"
            #expect(try await clone.run("state", "init").status == 0)
            let applied = try await clone.apply()
            #expect(applied.status == 0, "\(applied.result.error)")
            #expect(try await scene.subjects() == GitScene.pendingThenApplied)
            let calls = try String(contentsOfFile: "\(scene.folder)/calls", encoding: .utf8)
            #expect(calls.contains("git@host.example git-receive-pack"))
        }
    }

    @Test func `ssh that is refused says what was not passed on`() async throws {
        try await GitScene.with { scene, _ in
            try GitScene.program(
                "\(scene.folder)/ssh",
                "echo 'git@host.example: Permission denied (publickey).' >&2; exit 255")
            var clone = try await scene.clone("clone", remote: "git@host.example:state.git")
            clone.variables["GIT_SSH_COMMAND"] = "\(scene.folder)/ssh"
            clone.variables["GIT_CONFIG_COUNT"] = "0"
            clone.variables["GIT_SSL_NO_VERIFY"] = "1"
            let plan = try await clone.run("plan")
            #expect(plan.status == 1)
            #expect(plan.error.contains("git cannot sign in for branch bankhook-state"))
            #expect(plan.error.contains("GIT_CONFIG_COUNT, GIT_SSL_NO_VERIFY"))
            #expect(!plan.error.contains("GIT_SSH_COMMAND"))
        }
    }

    /// A server that wants a name and a password, and has no repository behind them.
    private static let locked = Script { request in
        guard request.header("authorization") != nil else {
            return .respond(401, headers: ["www-authenticate": "Basic realm=\"git\""])
        }
        return .respond(403)
    }

    @Test func `http asks GIT_ASKPASS, and its answer is shown to nobody else`() async throws {
        try await withHostileServer(script: GitSignInTests.locked) { server in
            try await GitScene.with { scene, _ in
                try GitScene.program("\(scene.folder)/askpass", "echo canary-password")
                var clone = try await scene.clone("clone", remote: "\(server.baseURL)/state.git")
                clone.variables["GIT_ASKPASS"] = "\(scene.folder)/askpass"
                let plan = try await clone.run("plan", "--log-level", "trace")
                #expect(plan.status == 1)
                #expect(plan.error.contains("git cannot sign in"))
                #expect(!(plan.output + plan.error).contains("canary-password"))
                let password = Data("canary-password:canary-password".utf8).base64EncodedString()
                #expect(
                    server.requests.contains { $0.header("authorization") == "Basic \(password)" })
            }
        }
    }

    @Test func `nobody is asked on a terminal either`() async throws {
        try await withHostileServer(script: GitSignInTests.locked) { server in
            try await GitScene.with { scene, _ in
                let clone = try await scene.clone("clone", remote: "\(server.baseURL)/state.git")
                let result = try await clone.startOnTerminal(["plan"]) { _, terminal in
                    let shown = try await terminal.read(until: "GIT_ASKPASS")
                    #expect(shown.contains("git cannot sign in"))
                }
                #expect(result.status == 1)
            }
        }
    }
}
