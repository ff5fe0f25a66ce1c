import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Testing

/// One run on the branch, undisturbed, and beside others.
struct SessionTests {
    @Test func `an apply is two pushes: all intents, then all outcomes`() async throws {
        let scene = try await Scene()
        let session = try await scene.session(1, run: "https://ci.example/1")
        let intents = try await session.begin("a", "b")
        let end = HandTime.start.secondsSinceEpoch + Scene.lease
        for name in ["a", "b"] {
            let pending = try scene.record(name)?.pending
            #expect(pending?.expiresAt?.secondsSinceEpoch == end)
            #expect(pending?.holder == session.holder)
        }
        try await session.prepareRequest(for: Sample.name("a"), lasting: .seconds(30))
        async let first: Void = session.succeed(intents[0])
        async let second: Void = session.succeed(intents[1])
        _ = try await (first, second)
        #expect(
            scene.remote.subjects == [
                "bankhook: begin the state branch [skip ci]", "bankhook: pending a, b [skip ci]",
                "bankhook: applied a, b [skip ci]",
            ])
        #expect(scene.remote.history.last?.text.contains("Run: https://ci.example/1") == true)
        #expect(try scene.record("a")?.serial == 1)
        #expect(try scene.record("a")?.pending == nil)
        #expect(scene.clone.kept.isEmpty)
        #expect(scene.clone.remembered == scene.remote.tip)
    }

    @Test func `runs on different environments are built on top of each other`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let first = try await scene.session(1)
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        let intents = [try await first.begin("a")[0], try await second.begin("b")[0]]
        try await second.succeed(intents[1])
        try await first.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 2)
        #expect(try scene.record("b")?.serial == 1)
    }

    @Test func `a second run on an environment is told who holds it, and until when`()
        async throws
    {
        let scene = try await Scene()
        let second = try await scene.session(2)
        try await scene.session(1).begin("a", "c")
        let before = scene.remote.tip
        do {
            try await second.begin("b", "c")
            Issue.record("it began")
        } catch let error as StateError {
            guard case .leased(let lease) = error else { throw error }
            #expect(lease.holder.id == Sample.holder(1).id)
            #expect(lease.end.seconds(since: HandTime.start) == Scene.lease * 6 / 5)
            #expect(error.wayOut.contains("bankhook state unlock --id \(Sample.holder(1).id)"))
        }
        #expect(scene.remote.tip == before)
    }

    @Test func `what was recorded meanwhile is planned anew`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let session = try await scene.session(1)
        let snapshot = try session.snapshot(of: Sample.name("a"))
        try await scene.put([Sample.settled("a", url: 3)])
        let intent = IntentRecord(
            after: snapshot,
            record: try Sample.intent("a", after: snapshot.decoded?.record, by: session.holder))
        let error = await branchError { try await session.begin([intent]) }
        #expect(error == .superseded([try Sample.name("a")]))
        #expect(try scene.record("a")?.pending == nil)
    }

    @Test func `what failed is put back to the byte`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let before = scene.remote.bytes(of: "a.json")
        let session = try await scene.session(1)
        let intents = try await session.begin("a", "b")
        async let first: Void = session.takeBack(intents[0])
        async let second: Void = session.takeBack(intents[1])
        _ = try await (first, second)
        #expect(scene.remote.bytes(of: "a.json") == before)
        #expect(scene.remote.bytes(of: "b.json") == nil)
        #expect(scene.remote.subjects.last == "bankhook: taken back a, b [skip ci]")
    }

    @Test func `what stays in doubt gives its lease back, so that nobody waits`() async throws {
        let scene = try await Scene()
        let session = try await scene.session(1)
        try await session.begin("a")
        await session.leave(try Sample.name("a"))
        let pending = try scene.record("a")?.pending
        #expect(pending?.holder.id == session.holder.id)
        #expect(pending != nil && pending?.expiresAt == nil)
        try await scene.session(2).begin("a")
        #expect(try scene.record("a")?.pending?.holder.id == Sample.holder(2).id)
    }

    @Test func `other runs push so often that it gives up`() async throws {
        let scene = try await Scene()
        let session = try await scene.session(1) { operation in
            if case .push = operation {
                try? await scene.put([BranchChange(file: "README", bytes: [])])
            }
            return nil
        }
        let error = await branchError { try await session.begin("a") }
        #expect(error == .contended(Scene.branch))
        #expect(try scene.record("a") == nil)
    }
}
