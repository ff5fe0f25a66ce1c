import BankhookGitStore
import BankhookModel
import BankhookState
import FoundationEssentials
import TestSupport
import Testing

/// What only git itself can show.
struct GitBranchTests {
    private func session(_ number: Int, in clone: String, _ place: GitPlace) async throws
        -> BranchSession
    {
        let repository = place.repository(in: clone)
        let tip = try await BranchPusher.fetch(
            repository, of: place.branch(in: clone), knowing: nil)
        let pusher = BranchPusher(
            repository, of: place.branch(in: clone), at: tip, time: place.time.runTime,
            isInterrupted: { false })
        return BranchSession(
            holder: Sample.holder(number), pusher: pusher, branch: place.branch(in: clone),
            time: place.time.runTime)
    }

    @Test func `two clones that race are built on top of each other`() async throws {
        try await GitPlace.withGit { place in
            try await place.addClone("other")
            let first = try await session(1, in: "clone", place)
            let second = try await session(2, in: "other", place)
            let intents = [try await first.begin("a")[0], try await second.begin("b")[0]]
            try await second.succeed(intents[1])
            try await first.succeed(intents[0])
            #expect(try await place.open().records().map(\.record.serial) == [1, 1])
            let subjects = try await place.remote.git(
                "log", "--reverse", "--format=%s", "bankhook-state")
            #expect(
                subjects.split(separator: "\n") == [
                    "bankhook: begin the state branch [skip ci]", "bankhook: pending a [skip ci]",
                    "bankhook: pending b [skip ci]", "bankhook: applied b [skip ci]",
                    "bankhook: applied a [skip ci]",
                ])
        }
    }

    @Test func `a push that is based on an old tip is a lost race, and moves nothing`()
        async throws
    {
        try await GitPlace.withGit { place in
            let repository = place.repository(in: "clone")
            let tip = try #require(try await repository.fetch(knowing: nil))
            try await place.put(Sample.settled("a"))
            let change = BranchChange(file: "b.json", bytes: [])
            let commit = try await repository.commit(
                [change], on: tip.id, CommitText("late"), kept: false)
            let newest = try await place.remote.git("rev-parse", "bankhook-state")
            do throws(PushFailure) {
                try await repository.push(commit, replacing: tip.id)
                Issue.record("it was pushed")
            } catch {
                #expect(error.kind == .lostRace)
            }
            #expect(try await place.remote.git("rev-parse", "bankhook-state") == newest)
            // Also where the old commit is named that is there, nothing is rewritten that the
            // commit does not stand on: that is the caller's rule, and this is the store's tip.
            let found = try #require(try await repository.fetch(knowing: tip))
            #expect(found.id == newest)
            #expect(try await !repository.isCommit(found.id, descendedFrom: commit))
            #expect(try await repository.isCommit(found.id, descendedFrom: tip.id))
        }
    }

    @Test func `an outcome that the remote refuses is kept in a ref, and pushed later`()
        async throws
    {
        try await GitPlace.withGit { place in
            let hook = "\(place.root)/remote.git/hooks/pre-receive"
            let session = try await session(1, in: "clone", place)
            let intents = try await session.begin("a")
            try FileManager.default.createDirectory(
                atPath: "\(place.root)/remote.git/hooks", withIntermediateDirectories: true)
            try Data("#!/bin/sh\necho protected >&2\nexit 1\n".utf8).write(
                to: URL(filePath: hook))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
            guard
                case .notPushed(.refused(_, let words))? = await branchError({
                    try await session.succeed(intents[0])
                })
            else {
                Issue.record("it is not refused")
                return
            }
            #expect(words.contains("protected"))
            let kept = try await place.clone.git(
                "for-each-ref", "--format=%(refname)", "refs/bankhook/unpushed/")
            #expect(kept.split(separator: "\n").count == 1)
            try FileManager.default.removeItem(atPath: hook)
            let fates = try await place.store(in: "clone").pushKept()
            #expect(fates == [RecoveredOutcome(try Sample.name("a"), .pushed)])
            #expect(try await place.open().record(Sample.name("a"))?.record.serial == 1)
            let left = try await place.clone.git("for-each-ref", "--format=%(refname)")
            #expect(!left.contains("unpushed") && !left.contains("outgoing"))
        }
    }

    @Test func `a deleted and a rewritten branch are refused`() async throws {
        try await GitPlace.withGit { place in
            try await place.put(Sample.settled("a"))
            _ = try await place.open().names()
            let tip = try await place.remote.git("rev-parse", "bankhook-state")
            let old = try await place.remote.git("rev-parse", "bankhook-state^")
            try await place.remote.git("update-ref", "refs/heads/bankhook-state", old)
            #expect(
                await branchError { _ = try await place.open().names() }
                    == .rewritten(place.branch(in: "clone"), remembered: tip, found: old))
            try await place.remote.git("update-ref", "-d", "refs/heads/bankhook-state")
            let missing = BranchError.missing(place.branch(in: "clone"), remembered: tip)
            #expect(await branchError { _ = try await place.open().names() } == missing)
            #expect(
                await branchError { _ = try await place.store(in: "clone").initialize() }
                    == missing)
        }
    }

    @Test func `neither the work tree nor the index nor the branch is touched`() async throws {
        try await GitPlace.withGit { place in
            let path = "\(place.root)/clone/file"
            try Data("committed".utf8).write(to: URL(filePath: path))
            let head = try await place.clone.commit()
            try Data("edited".utf8).write(to: URL(filePath: path))
            let session = try await session(1, in: "clone", place)
            try await session.succeed(try await session.begin("a")[0])
            #expect(try await place.clone.git("status", "--porcelain") == " M file")
            #expect(try await place.clone.git("rev-parse", "HEAD") == head)
            #expect(try await place.clone.git("branch", "--list") == "* main")
        }
    }

    @Test func `a link and a directory among the records are refused`() async throws {
        try await GitPlace.withGit { place in
            let other = "\(place.root)/other"
            try await place.addClone("other")
            let work = GitRepository(existing: other)
            try await work.git("fetch", "--quiet", "origin", "bankhook-state")
            try await work.git("checkout", "--quiet", "-b", "state", "FETCH_HEAD")
            try FileManager.default.createDirectory(
                atPath: "\(other)/records/b.json", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: "\(other)/records/a.json", withDestinationPath: "/etc/passwd")
            try Data().write(to: URL(filePath: "\(other)/records/b.json/x"))
            try await work.commit()
            try await work.git("push", "--quiet", "origin", "state:bankhook-state")
            let found = await stateErrors { _ = try await place.open().records() }
            let isRefused = found.map { "\($0)".hasSuffix("plain files with one name") }
            #expect(isRefused == [true, true])
        }
    }
}
