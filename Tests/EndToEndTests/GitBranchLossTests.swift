import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A state branch that is missing, deleted, rewritten or not yet filled: never "no state".
@Suite struct GitBranchLossTests {
    @Test func `a branch that was never made is an error and no plan of registrations`()
        async throws
    {
        try await GitScene.with { scene, server in
            let clone = try await scene.clone("clone")
            for arguments in [["plan"], ["apply", "--auto-approve"], ["state", "list"]] {
                let result = try await Bankhook.run(
                    arguments, in: clone.directory, variables: clone.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("there is no branch bankhook-state of origin"))
                #expect(result.error.contains("bankhook state init"))
                #expect(result.output.isEmpty)
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `init leaves a branch that is there as it is`() async throws {
        try await GitScene.withClone { scene, clone, _ in
            #expect(try await clone.apply().status == 0)
            let tip = try await scene.tip()
            let other = try await scene.clone("other")
            for clone in [clone, other] {
                let again = try await clone.run("state", "init", "--format", "json")
                #expect(again.status == 0)
                #expect(try again.json["action"] == "unchanged")
            }
            #expect(try await scene.tip() == tip)
        }
    }

    @Test func `a branch that was deleted is refused with its last commit, by init too`()
        async throws
    {
        try await GitScene.withClone { scene, clone, server in
            #expect(try await clone.apply().status == 0)
            let tip = try await scene.tip()
            try await scene.remote.git("update-ref", "-d", "refs/heads/\(GitScene.branch)")
            for arguments in [["plan"], ["apply", "--auto-approve"], ["state", "init"]] {
                let result = try await Bankhook.run(
                    arguments, in: clone.directory, variables: clone.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("it was at \(tip) when this clone last saw it"))
            }
            #expect(server.requests.count == 1)

            // What the message says brings it back.
            let refspec = "\(tip):refs/heads/\(GitScene.branch)"
            let plan = try await clone.run("plan")
            #expect(plan.error.contains("git push origin \(refspec)"))
            try await GitRepository(existing: clone.directory)
                .git("push", "--quiet", "origin", refspec)
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 0)
        }
    }

    @Test func `a rewritten branch is refused until exactly its tip is accepted`() async throws {
        try await GitScene.withClone { scene, clone, server in
            #expect(try await clone.apply().status == 0)
            let seen = try await scene.tip()
            let rewritten = try await scene.remote.git("rev-parse", "\(GitScene.branch)~2")
            try await scene.remote.git(
                "update-ref", "refs/heads/\(GitScene.branch)", rewritten)
            for arguments in [["plan"], ["apply", "--auto-approve"], ["state", "init"]] {
                let result = try await Bankhook.run(
                    arguments, in: clone.directory, variables: clone.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("it is at \(rewritten)"))
                #expect(result.error.contains("does not descend from \(seen)"))
                #expect(result.error.contains("accept-rewrite --tip \(rewritten)"))
            }
            let wrong = try await clone.run("state", "accept-rewrite", "--tip", seen)
            #expect(wrong.status == 1)
            #expect(wrong.error.contains("is at \(rewritten)"))
            #expect(try await clone.run("plan").status == 1)

            #expect(
                try await clone.run("state", "accept-rewrite", "--tip", rewritten).status == 0)
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 2)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a push never names another commit than the one that was seen`() async throws {
        // Rewritten while a request is under way: the outcome must not be forced in.
        let gate = Gate()
        try await GitScene.withClone([.hold(until: gate, then: .respond(200))]) {
            scene, clone, server in
            let fleet = clone
            let result = try await clone.start(["apply", "--auto-approve"]) { _ in
                _ = try await server.nextRequest()
                try await scene.remote.git(
                    "update-ref", "refs/heads/\(GitScene.branch)", "\(GitScene.branch)~1")
                gate.open()
            }
            #expect(result.status == 3)
            #expect(result.output.contains("was rewritten"))
            #expect(
                try await scene.subjects() == ["bankhook: begin the state branch [skip ci]"])
            #expect(try await fleet.run("plan").status == 1)
        }
    }

    @Test func `an empty branch beside records in a directory is an error that names it`()
        async throws
    {
        try await GitScene.with { scene, server in
            var clone = try await scene.clone("clone")
            try clone.configure([.init(name: "uat")], baseURL: scene.baseURL)
            #expect(try await clone.apply().status == 0)
            try scene.configure(&clone, [.init(name: "uat")])
            #expect(try await clone.run("state", "init").status == 0)
            for arguments in [["plan"], ["apply", "--auto-approve"], ["state", "list"]] {
                let result = try await Bankhook.run(
                    arguments, in: clone.directory, variables: clone.variables)
                #expect(result.status == 1)
                #expect(result.error.contains("holds no record, and bankhook.state holds 1"))
                #expect(
                    result.error.contains(
                        "state migrate --from directory:bankhook.state --to git"))
            }
            #expect(server.requests.count == 1)
        }
    }
}
