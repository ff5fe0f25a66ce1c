import Foundation
import TestSupport
import Testing

/// `bankhook doctor` with a git store and a bare remote.
@Suite struct DoctorGitTests {
    private static let entries = [Workspace.Entry(name: "uat", url: "http://127.0.0.1:1/hook")]

    private func findings(_ workspace: Workspace) async throws -> DoctorTests.Findings {
        DoctorTests.Findings(try await workspace.run("doctor", "--format", "json"))
    }

    @Test func `a branch that can be read and pushed to is left as it is`() async throws {
        try await GitScene.withClone([.respond(200)], Self.entries) { scene, clone, server in
            #expect(try await clone.apply().status == 0)
            let refs = try await scene.refs()
            let result = try await clone.run("doctor")
            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.contains("ok       state          git version"))
            #expect(result.output.contains("of origin: can be read, at commit"))
            #expect(result.output.contains("takes a push, as far as a dry run tells"))
            #expect(result.output.contains("1 record"))
            #expect(result.output.contains("commit "))
            #expect(try await scene.refs() == refs)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a look does not become what a rewrite is noticed against`() async throws {
        try await GitScene.withClone([.respond(200)], Self.entries) { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            let other = try await scene.clone("other", Self.entries)
            let repository = GitRepository(existing: other.directory)
            for _ in 1...2 {
                let found = try await findings(other)
                #expect(try found.codes("history").first == "not_checked")
                #expect(try found.message("history").contains("has seen the state branch yet"))
                #expect(try await repository.git("for-each-ref", "refs/bankhook/").isEmpty)
            }
            #expect(try await other.run("plan").status == 0)
            #expect(try await repository.git("for-each-ref", "refs/bankhook/").contains("/tip/"))
            #expect(
                try await findings(other).message("history").contains(
                    "follows from what this clone"))
        }
    }

    @Test func `where a record cannot be read nobody is said to hold no lock`() async throws {
        try await GitScene.withClone([.respond(200)], Self.entries) { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            let path = "\(scene.folder)/hand"
            try await scene.remote.git("clone", "--quiet", "--branch", GitScene.branch, ".", path)
            try Workspace(directory: path).write("uat.json", "{")
            let hand = GitRepository(existing: path)
            try await hand.commit("damage")
            try await hand.git("push", "--quiet", "origin", GitScene.branch)
            let found = try await findings(clone)
            #expect(found.status == 1)
            #expect(try found.codes("state").contains("state_damaged"))
            #expect(try found.codes("lock") == ["not_checked"])
            #expect(try found.message("lock").contains("who holds what cannot be read: uat"))
        }
    }

    @Test func `what a remote's URL is signed in with is never shown`() async throws {
        try await withUnusedPort { port in
            try await Workspace.with { workspace in
                workspace.variables = GitRepository.variables
                _ = try await GitRepository(at: workspace.directory)
                try workspace.configure(
                    Self.entries, baseURL: "http://127.0.0.1:\(port)",
                    state: [
                        "state: { git: { remote: 'http://127.0.0.1:\(port)/x.git?token=canary-token', "
                            + "branch: bankhook-state } }"
                    ])
                for arguments in [
                    ["doctor"], ["doctor", "--format", "json"], ["plan"],
                    ["plan", "--format", "json"], ["apply", "--auto-approve"], ["config", "show"],
                    ["config", "show", "--format", "json"], ["state", "list"], ["state", "init"],
                    ["state", "push"], ["state", "verify"],
                    ["state", "migrate", "--from", "directory:old", "--to", "git"],
                ] {
                    let result = try await Bankhook.run(
                        arguments, in: workspace.directory, variables: workspace.variables)
                    #expect(
                        !(result.output + result.error).contains("canary-token"),
                        "\(arguments): \(result.output + result.error)")
                }
            }
        }
    }

    @Test func `a missing branch is an error that names state init`() async throws {
        try await GitScene.with { scene, server in
            let clone = try await scene.clone("clone", Self.entries)
            let result = try await clone.run("doctor")
            #expect(result.status == 1)
            #expect(result.output.contains("bankhook state init"))
            #expect(try await findings(clone).codes("state") == ["state_branch_missing"])
            #expect(try await findings(clone).codes("lock") == ["not_checked"])
            #expect(server.requestsStarted == 0)
        }
    }

    @Test func `a remote that is not there is an error`() async throws {
        try await GitScene.withClone([.respond(200)], Self.entries) { scene, clone, _ in
            try FileManager.default.moveItem(
                atPath: scene.remote.path, toPath: "\(scene.folder)/gone")
            let found = try await findings(clone)
            #expect(found.status == 1)
            #expect(try found.codes("state") == ["state_branch_unreachable"])
        }
    }

    @Test func `a push that goes nowhere is an error though the branch can be read`() async throws {
        try await GitScene.withClone([.respond(200)], Self.entries) { scene, clone, _ in
            try await GitRepository(existing: clone.directory).git(
                "remote", "set-url", "--push", "origin", "\(scene.folder)/nowhere")
            let found = try await findings(clone)
            #expect(found.status == 1)
            #expect(try found.codes("state") == ["state_branch_unreachable"])
            #expect(try found.message("state").contains("can be read"))
        }
    }

    @Test func `a lease that lives is a warning with its id`() async throws {
        let gate = Gate()
        let script = Script { _ in .hold(until: gate, then: .respond(200)) }
        try await GitScene.withClone(script, Self.entries) { scene, clone, server in
            let other = try await scene.clone("other", Self.entries)
            let first = try await clone.start(["apply", "--auto-approve"]) { _ in
                _ = try await server.nextRequest()
                defer { gate.open() }
                let found = try await findings(other)
                #expect(found.status == 0)
                #expect(try found.codes("lock") == ["being_applied"])
                #expect(try found.message("lock").contains("lock id "))
            }
            #expect(first.status == 0, "\(first.error)")
        }
    }

    @Test func `an outcome that only this clone has is a warning that names state push`()
        async throws
    {
        try await GitScene.withClone([.respond(200)], Self.entries) { scene, clone, _ in
            try scene.hook(
                "pre-receive",
                "read old new ref\ncase $(git log -1 --format=%s $new) in *applied*) exit 1;; esac")
            #expect(try await clone.apply().status == 3)
            let found = try await findings(clone)
            #expect(try found.codes("state").contains("outcome_kept"))
            #expect(found.text.contains("bankhook state push"))
        }
    }

    @Test func `without git the store cannot be used`() async throws {
        try await GitScene.withClone([.respond(200)], Self.entries) { _, clone, _ in
            var clone = clone
            clone.variables["PATH"] = "/nonexistent"
            let found = try await findings(clone)
            #expect(found.status == 1)
            #expect(try found.codes("state") == ["git_missing"])
        }
    }
}
