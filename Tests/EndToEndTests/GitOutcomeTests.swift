import Foundation
import JSONSyntax
import Subprocess
import TestSupport
import Testing

/// Outcomes that cannot be pushed, and what becomes of them.
@Suite struct GitOutcomeTests {
    /// The remote refuses every push that comes after the intent.
    private static let refusing = """
        while read old new ref; do
            case $(git log -1 --format=%s $new) in
            *applied*|*late*) [ -e open ] || { echo 'protected branch' >&2; exit 1; } ;;
            esac
        done
        """

    /// One apply that sent and could not record.
    private func withKept(
        _ body: (GitScene, inout Workspace, HostileServer) async throws -> Void
    ) async throws {
        try await GitScene.withClone { scene, clone, server in
            try scene.hook("pre-receive", GitOutcomeTests.refusing)
            let applied = try await clone.apply()
            #expect(applied.status == 3)
            #expect(try applied.word("uat") == "applied_but_not_recorded")
            #expect(applied.result.output.contains("remote: protected branch; !"))
            #expect(applied.result.output.contains("bankhook state push"))
            #expect(try await GitOutcomeTests.kept(clone) == 1)
            try await body(scene, &clone, server)
        }
    }

    private static func kept(_ clone: Workspace) async throws -> Int {
        try await GitRepository(existing: clone.directory)
            .git("for-each-ref", "refs/bankhook/unpushed").split(separator: "\n").count
    }

    private static func open(_ scene: GitScene) throws {
        try Data().write(to: URL(filePath: "\(scene.remote.path)/open"))
    }

    @Test func `an outcome that no push takes is kept, and state push records it`() async throws {
        try await withKept { scene, clone, server in
            let plan = try await clone.run("plan", "--detailed-exitcode")
            #expect(plan.status == 2)
            #expect(plan.output.contains("outcome unknown since"))
            #expect(plan.output.contains("is kept in this clone and not on branch bankhook-state"))
            let still = try await clone.run("state", "push")
            #expect(still.status != 0)
            #expect(try await GitOutcomeTests.kept(clone) == 1)

            try GitOutcomeTests.open(scene)
            let pushed = try await clone.run("state", "push", "--format", "json")
            #expect(pushed.status == 0)
            #expect(try pushed.json["environments"] == ["uat"])
            #expect(try pushed.json["outcomes"] == [["environment": "uat", "fate": "pushed"]])
            #expect(try await scene.record("uat")?["serial"] == .integer(1))
            #expect(try await GitOutcomeTests.kept(clone) == 0)
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 0)
            #expect(server.requests.count == 1)
            let nothing = try await clone.run("state", "push")
            #expect(nothing.output == "nothing is kept in this clone\n")
        }
    }

    @Test func `what is kept for another name of the remote is not called nothing`()
        async throws
    {
        try await withKept { scene, clone, _ in
            try GitOutcomeTests.open(scene)
            let repository = GitRepository(existing: clone.directory)
            _ = try await repository.git("remote", "rename", "origin", "upstream")
            try scene.configure(&clone, [.init(name: "uat")], remote: "upstream")

            let push = try await clone.run("state", "push", "--format", "json")
            #expect(push.status == 3)
            #expect(push.output.contains("outcome_kept_elsewhere"))
            #expect(push.output.contains("refs/bankhook/unpushed/"))
            #expect(try await GitOutcomeTests.kept(clone) == 1)
        }
    }

    @Test func `what is kept for another path is told after the push of one's own`() async throws {
        try await withKept { scene, clone, _ in
            try scene.configure(&clone, [.init(name: "uat")], more: ", path: cards")
            #expect(try await clone.apply().status == 3)
            try GitOutcomeTests.open(scene)

            let push = try await clone.run("state", "push", "--format", "json")
            #expect(push.status == 3)
            #expect(try push.json["outcomes"] == [["environment": "uat", "fate": "pushed"]])
            #expect(
                push.error.contains("not for branch bankhook-state of origin, path cards: refs/"))
            #expect(try await scene.record("uat", in: "cards/")?["serial"] == .integer(1))
            #expect(try await GitOutcomeTests.kept(clone) == 1)

            try scene.configure(&clone, [.init(name: "uat")])
            #expect(try await clone.run("state", "push").status == 0)
            #expect(try await GitOutcomeTests.kept(clone) == 0)
        }
    }

    @Test func `where the branch was taken back, a plan tells what the clone keeps`() async throws {
        try await GitScene.withClone { scene, clone, server in
            #expect(try await clone.apply().status == 0)
            let before = try await scene.tip()
            try scene.hook("pre-receive", GitOutcomeTests.refusing)
            try scene.configure(&clone, [.init(name: "uat", url: "https://b.lender.example/")])
            #expect(try await clone.apply().status == 3)
            try GitOutcomeTests.open(scene)
            // Somebody takes configuration and branch back: the records agree, BankConnect does not.
            try scene.configure(&clone, [.init(name: "uat")])
            try await scene.remote.git("update-ref", "refs/heads/\(GitScene.branch)", before)
            let accepted = try await clone.run("state", "accept-rewrite", "--tip", before)
            #expect(accepted.status == 0)
            #expect(accepted.error.contains("bankhook state push"))

            let plan = try await clone.run("plan", "--detailed-exitcode", "--format", "json")
            #expect(plan.status == 2)
            #expect(plan.output.contains(#""code": "outcome_kept""#))
            #expect(try await clone.run("plan").output.contains("bankhook state push"))
            #expect(try await scene.tip() == before)

            let pushed = try await clone.run("state", "push", "--format", "json")
            #expect(pushed.status == 3)
            #expect(try pushed.json["outcomes"] == [["environment": "uat", "fate": "doubted"]])
            #expect(try await clone.run("plan").output.contains("outcome unknown since"))
            #expect(try await clone.apply().status == 0)
            #expect(server.requests.count == 3)
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 0)
        }
    }

    @Test func `what is kept and cannot be read is named, and how to drop it`() async throws {
        try await withKept { scene, clone, _ in
            try GitOutcomeTests.open(scene)
            let repository = GitRepository(existing: clone.directory)
            let ref = try await repository.git(
                "for-each-ref", "--format=%(refname)", "refs/bankhook/unpushed")
            let id = try await repository.git("rev-parse", "\(ref)^{tree}")
            let object = ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
            try FileManager.default.removeItem(atPath: clone.path(object))

            let apply = try await clone.run("apply", "--auto-approve")
            #expect(apply.status == 1)
            #expect(apply.error.contains("git update-ref -d \(ref)"))
        }
    }

    @Test func `the next apply from there records it first, and sends nothing again`()
        async throws
    {
        try await withKept { scene, clone, server in
            try GitOutcomeTests.open(scene)
            let next = try await clone.apply()
            #expect(next.status == 0)
            #expect(
                next.result.error.contains(
                    "uat: the outcome that an earlier apply kept here is recorded now"))
            #expect(try next.word("uat") == "unchanged")
            #expect(server.requests.count == 1)
            #expect(try await scene.record("uat")?["serial"] == .integer(1))
        }
    }

    @Test func `what another clone has applied since counts, and not what was kept`()
        async throws
    {
        try await withKept { scene, clone, server in
            try GitOutcomeTests.open(scene)
            guard case .string(let id)? = try await scene.record("uat")?["pending"]?["id"] else {
                Issue.record("no intent on the branch")
                return
            }
            var other = try await scene.clone("other")
            try scene.configure(&other, [.init(name: "uat", url: "https://b.lender.example/")])
            _ = try await other.run("state", "unlock", "--id", id)
            #expect(try await other.apply().status == 0)
            let record = try await scene.remote.git("show", "\(GitScene.branch):uat.json")

            let pushed = try await clone.run("state", "push")
            #expect(pushed.status == 0)
            #expect(pushed.output.contains("is obsolete"))
            #expect(
                try await scene.remote.git("show", "\(GitScene.branch):uat.json") == record)
            #expect(try await GitOutcomeTests.kept(clone) == 0)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a remote that is gone between the pushes loses no outcome`() async throws {
        let gate = Gate()
        try await GitScene.withClone([.hold(until: gate, then: .respond(200))]) {
            scene, clone, server in
            let away = "\(scene.folder)/away.git"
            let result = try await clone.start([
                "apply", "--auto-approve", "--format", "json",
            ]) { _ in
                _ = try await server.nextRequest()
                try FileManager.default.moveItem(atPath: scene.remote.path, toPath: away)
                gate.open()
            }
            #expect(result.status == 3)
            #expect(try ApplyResult(result: result).word("uat") == "applied_but_not_recorded")
            #expect(try await clone.run("plan").status == 1)
            try FileManager.default.moveItem(atPath: away, toPath: scene.remote.path)
            #expect(try await clone.run("state", "push").status == 0)
            #expect(try await clone.run("plan", "--detailed-exitcode").status == 0)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a push that arrived although git failed is recognised, and made once`()
        async throws
    {
        try await GitScene.withClone { scene, clone, server in
            // The ref has moved when this hook ends the answer.
            try scene.hook("post-receive", "kill -9 $PPID")
            let applied = try await clone.apply()
            #expect(applied.status == 0, "\(applied.result.error)")
            #expect(try await scene.subjects() == GitScene.pendingThenApplied)
            #expect(try await GitOutcomeTests.kept(clone) == 0)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a lost race is built again on top`() async throws {
        try await GitScene.withClone { scene, clone, server in
            // The first outcome finds that somebody else was faster.
            try scene.hook(
                "pre-receive",
                """
                while read old new ref; do
                    case $(git log -1 --format=%s $new) in *applied*) ;; *) continue ;; esac
                    [ ! -e raced ] || continue
                    touch raced
                    unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
                    commit=$(git -c user.name=a -c user.email=b commit-tree -p $old -m other $old^{tree})
                    git update-ref $ref $commit
                done
                """)
            #expect(try await clone.apply().status == 0)
            #expect(
                try await scene.subjects() == [
                    "bankhook: applied uat [skip ci]", "other", "bankhook: pending uat [skip ci]",
                    "bankhook: begin the state branch [skip ci]",
                ])
            #expect(server.requests.count == 1)
        }
    }
}
