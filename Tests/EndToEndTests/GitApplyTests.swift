import Foundation
import JSONSyntax
import TestSupport
import Testing

/// State on a branch of a git remote (specification, section 6): the main job.
@Suite struct GitApplyTests {
    @Test func `a registration is two pushes, and the second plan is empty`() async throws {
        try await GitScene.withClone { scene, clone, server in
            clone.variables["BANKHOOK_RUN_URL"] = "https://ci.example/run/7"
            let repository = GitRepository(existing: clone.directory)
            try await repository.git("add", "bankhook.yaml")
            let head = try await repository.commit("configure")

            let applied = try await clone.apply()
            #expect(applied.status == 0, "\(applied.result.error)")
            #expect(try applied.word("uat") == "applied")
            #expect(try applied.result.json["state_files"] == [])
            #expect(server.requests.count == 1)
            #expect(try await scene.subjects() == GitScene.pendingThenApplied)
            for commit in [GitScene.branch, "\(GitScene.branch)~1"] {
                let trailers = try await scene.remote.git(
                    "log", "-1", "--format=%(trailers:only)", commit)
                #expect(
                    trailers.split(separator: "\n") == [
                        "Run: https://ci.example/run/7", "Revision: \(head)",
                    ])
            }
            let plan = try await clone.run("plan", "--detailed-exitcode")
            #expect(plan.status == 0)
            #expect(plan.output == "Plan: nothing to send; 1 unchanged.\n")
        }
    }

    @Test func `the first push holds the intent and a lease, the second one the outcome`()
        async throws
    {
        try await GitScene.withClone { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            let first = try JSONParser.parse(
                Array(try await scene.remote.git("show", "\(GitScene.branch)~1:uat.json").utf8))
            #expect(first["applied"] == .null)
            #expect(first["serial"] == .integer(0))
            #expect(first["pending"]?["expires_at"] != .null)
            let record = try await scene.record("uat")
            #expect(record?["pending"] == .null)
            #expect(record?["serial"] == .integer(1))
            let files = try await scene.remote.git(
                "ls-tree", "--name-only", GitScene.branch)
            #expect(files == ".gitattributes\nuat.json")
        }
    }

    @Test func `without an identity commits are bankhook's, else the user's`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            let host = ProcessInfo.processInfo.hostName
            let format = "--format=%an <%ae>, %cn <%ce>"
            let own = try await scene.remote.git("log", "-1", format, GitScene.branch)
            #expect(own.hasPrefix("bankhook <bankhook@"), "\(host)")

            let repository = GitRepository(existing: clone.directory)
            try await repository.git("config", "user.name", "Ann <O'Hara>")
            try await repository.git("config", "user.email", "ann@lender.example")
            #expect(try await clone.apply("--reassert").status == 0)
            let users = try await scene.remote.git("log", "-1", format, GitScene.branch)
            #expect(users == "Ann O'Hara <ann@lender.example>, Ann O'Hara <ann@lender.example>")
        }
    }

    @Test func `work tree, index and branch stay as they are, dirty as they may be`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            let repository = GitRepository(existing: clone.directory)
            try clone.write("tracked", "one\n")
            try await repository.commit("mine")
            try clone.write("tracked", "staged\n")
            try await repository.git("add", "tracked")
            try clone.write("tracked", "modified\n")
            try clone.write("untracked", "new\n")
            let before = try await GitApplyTests.look(at: clone)
            let file = URL(filePath: clone.path(".git/index"))
            let index = try Data(contentsOf: file)

            #expect(try await clone.apply().status == 0)
            #expect(try await clone.apply("--reassert").status == 0)
            #expect(try Data(contentsOf: file) == index)
            let after = try await GitApplyTests.look(at: clone)
            #expect(after == before)
            #expect(!clone.exists(".git/FETCH_HEAD"))
            #expect(try await scene.subjects().count == 5)
        }
    }

    /// Everything that a user sees of a clone.
    private static func look(at clone: Workspace) async throws -> [String] {
        let repository = GitRepository(existing: clone.directory)
        return [
            try clone.read(".git/HEAD"), try clone.read("tracked"),
            try await repository.git("status", "--porcelain=v2", "--branch"),
            try await repository.git("diff", "--cached"),
            try await repository.git("for-each-ref", "refs/heads", "refs/tags"),
        ]
    }

    @Test func `another clone sees what one has recorded`() async throws {
        try await GitScene.withClone { scene, clone, server in
            #expect(try await clone.apply().status == 0)
            var other = try await scene.clone("other")
            #expect(try await other.run("plan", "--detailed-exitcode").status == 0)
            try scene.configure(&other, [.init(name: "uat", mode: "net_banking")])
            #expect(try await other.apply("--allow", "mode-downgrade").status == 0)
            // This one's configuration is now the older one, and its clone follows.
            let plan = try await clone.run("plan", "--detailed-exitcode")
            #expect(plan.status == 2)
            #expect(plan.output.contains("net_banking (0) → net_banking_and_manual (1)"))
            #expect(try await scene.record("uat")?["serial"] == .integer(2))
            #expect(server.requests.count == 2)
        }
    }

    @Test func `plan pushes nothing and needs read access only`() async throws {
        try await GitScene.withClone { scene, clone, server in
            try scene.hook("pre-receive", "echo 'read only' >&2; exit 1")
            let refs = try await scene.refs()
            let plan = try await clone.run("plan", "--detailed-exitcode")
            #expect(plan.status == 2)
            #expect(try await clone.run("state", "list").status == 0)
            let applied = try await clone.apply()
            #expect(applied.status == 1)
            #expect(applied.result.error.contains("took no push"))
            #expect(applied.result.error.contains("read only"))
            #expect(try await scene.refs() == refs)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a failure takes its intent back, byte for byte`() async throws {
        try await GitScene.withClone([.respond(200), .respond(400)]) { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            let before = try await scene.remote.git("show", "\(GitScene.branch):uat.json")
            #expect(try await clone.apply("--reassert").status == 3)
            #expect(
                try await scene.remote.git("show", "\(GitScene.branch):uat.json") == before)
            #expect(
                try await scene.subjects().first == "bankhook: taken back uat [skip ci]")
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 0)
        }
    }

    @Test func `a doubtful answer ends the lease, and the next apply need not wait`() async throws {
        let script = Script { $0.number == 0 ? .respond(202) : .respond(200) }
        try await GitScene.withClone(script) { scene, clone, server in
            #expect(try await clone.apply().status == 3)
            #expect(try await scene.record("uat")?["pending"]?["expires_at"] == .null)
            let other = try await scene.clone("other")
            let plan = try await other.run("plan", "--format", "json")
            #expect(plan.output.contains("outcome_unknown"))
            #expect(!plan.output.contains("being_applied"))
            #expect(try await other.apply().status == 0)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `many environments share two commits`() async throws {
        let entries = (100..<150).map { Workspace.Entry(name: "e\($0)") }
        try await GitScene.withClone([.respond(200)], entries) { scene, clone, server in
            let applied = try await clone.apply()
            #expect(applied.status == 0)
            let subjects = try await scene.subjects()
            #expect(
                subjects == [
                    "bankhook: applied e100, e101, e102, e103, e104 and 45 more [skip ci]",
                    "bankhook: pending e100, e101, e102, e103, e104 and 45 more [skip ci]",
                    "bankhook: begin the state branch [skip ci]",
                ])
            #expect(server.requests.count == 50)
        }
    }
}
