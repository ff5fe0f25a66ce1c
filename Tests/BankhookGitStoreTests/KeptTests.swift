import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Synchronization
import TestSupport
import Testing

/// Outcomes that no push brought to the branch.
@Suite(.timeLimit(.minutes(5))) struct KeptTests {
    /// A run that applied an environment and could not push the outcome.
    private func failingRun(_ scene: Scene) async throws {
        let fault = Fault()
        let session = try await scene.session(1, fault.interference)
        let intents = try await session.begin("a")
        fault.set(.fails(Scene.refused))
        let error = await branchError { try await session.succeed(intents[0]) }
        #expect(error == .notPushed(Scene.refused))
        #expect(error?.wayOut.contains("bankhook state push") == true)
    }

    @Test func `an outcome that cannot be pushed is kept, and pushed later`() async throws {
        let scene = try await Scene()
        try await failingRun(scene)
        #expect(scene.clone.kept.count == 1)
        #expect(try scene.record("a")?.pending != nil)
        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(try Sample.name("a"), .pushed)])
        #expect(try scene.record("a")?.serial == 1)
        #expect(scene.remote.subjects.last == "bankhook: recorded late a [skip ci]")
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `the next apply from there pushes it first`() async throws {
        let scene = try await Scene()
        try await failingRun(scene)
        let told = Mutex<[RecoveredOutcome]>([])
        let store = scene.store(recovered: { outcomes in told.withLock { $0 += outcomes } })
        let serial = try await store.withLock(by: Sample.holder(2)) { locked in
            try locked.records().first?.record.serial
        }
        #expect(serial == 1)
        #expect(told.withLock { $0 } == [RecoveredOutcome(try Sample.name("a"), .pushed)])
    }

    @Test func `an outcome is not judged by a branch that was read before its intent`() async throws
    {
        let scene = try await Scene()
        let told = Mutex<[RecoveredOutcome]>([])
        let store = scene.store(recovered: { outcomes in told.withLock { $0 += outcomes } })
        #expect(try await store.names().isEmpty)
        try await failingRun(scene)
        try await store.withLock(by: Sample.holder(2)) { _ in }
        #expect(told.withLock { $0 } == [RecoveredOutcome(try Sample.name("a"), .pushed)])
        #expect(try scene.record("a")?.serial == 1)
    }

    @Test func `one whose intent is gone is obsolete, and changes nothing`() async throws {
        let scene = try await Scene()
        try await failingRun(scene)
        scene.time.advance(by: 720)
        let other = try await scene.session(2, in: MemoryClone(of: scene.remote))
        try await other.begin("a")
        let before = scene.remote.tip
        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(try Sample.name("a"), .superseded)])
        #expect(scene.remote.tip == before)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `where the branch went back, an outcome that is kept makes it doubtful`()
        async throws
    {
        let scene = try await Scene()
        let first = try await scene.session(1)
        try await first.succeed(first.begin("a")[0])
        let settled = try scene.record("a")
        let fault = Fault()
        let session = try await scene.session(2, fault.interference)
        let intents = try await session.begin("a")
        fault.set(.fails(Scene.refused))
        _ = await branchError { try await session.succeed(intents[0]) }
        // Somebody takes the intent back on the branch, and with it the only trace of the request.
        let bytes = try #require(settled.map(RecordCodec.encode))
        try await scene.put([BranchChange(file: "a.json", bytes: bytes)])
        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(try Sample.name("a"), .doubted)])
        let record = try scene.record("a")
        #expect(record?.applied == settled?.applied)
        #expect(record?.pending?.holder.id == Sample.holder(2).id)
        #expect(record?.pending?.expiresAt == nil)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `one that is there already is forgotten`() async throws {
        let scene = try await Scene()
        try await failingRun(scene)
        let kept = try #require(scene.clone.kept.first.flatMap { scene.remote[$0] })
        try await scene.put([BranchChange(file: "a.json", bytes: kept.files.bytes(of: "a.json"))])
        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(try Sample.name("a"), .present)])
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `one that still cannot be pushed stays`() async throws {
        let scene = try await Scene()
        try await failingRun(scene)
        let fault = Fault()
        fault.set(.fails(Scene.refused))
        let error = await branchError {
            _ = try await scene.store(fault.interference).pushKept()
        }
        #expect(error == Scene.refused)
        #expect(scene.clone.kept.count == 1)
    }

    @Test func `a process that dies in its push leaves the outcome in the clone`() async throws {
        let scene = try await Scene()
        let dead = BranchError.unusable(words: "dead")
        let isDead = Mutex(false)
        let session = try await scene.session(1) { operation in
            isDead.withLock { isDead in
                if case .push = operation, scene.clone.kept.count == 1 { isDead = true }
                return isDead ? .fails(dead) : nil
            }
        }
        let intents = try await session.begin("a")
        try? await session.succeed(intents[0])
        let fates = try await scene.store().pushKept()
        #expect(fates.map(\.fate) == [.pushed])
        #expect(try scene.record("a")?.serial == 1)
    }

    @Test func `an outcome that was tried twice is kept once`() async throws {
        let scene = try await Scene()
        let fault = Fault()
        let session = try await scene.session(1, fault.interference)
        let intents = try await session.begin("a", "b")
        let serial = SerialTaskExecutor()
        let first = Task(executorPreference: serial) { try await session.succeed(intents[0]) }
        // A renewal takes the outcome along, and fails.
        fault.set(.fails(Scene.refused))
        scene.time.advance(by: Scene.lease)
        let renewal = Task(executorPreference: serial) {
            await branchError {
                try await session.prepareRequest(for: Sample.name("b"), lasting: .seconds(30))
            }
        }
        #expect(await renewal.value == .leaseEnded)
        #expect(scene.clone.kept.count == 1)
        fault.set(nil)
        try await session.succeed(intents[1])
        try await first.value
        #expect(try scene.record("a")?.serial == 1)
        #expect(scene.clone.kept.isEmpty)
    }
}
