import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import TestSupport
import Testing

/// Leases that are renewed, end, are ended and are taken over.
@Suite(.timeLimit(.minutes(5))) struct LeaseTimeTests {
    private let timeout = Duration.seconds(30)

    @Test(arguments: [(719, false), (720, true)])
    func `a lease has ended a fifth after its end, for others`(
        seconds: Int, isFree: Bool
    ) async throws {
        let scene = try await Scene()
        try await scene.session(1).begin("a")
        scene.time.advance(by: seconds)
        let second = try await scene.session(2)
        do {
            try await second.begin("a")
            #expect(isFree)
        } catch let error as StateError {
            guard case .leased = error else { throw error }
            #expect(!isFree)
        }
        let holder = try scene.record("a")?.pending?.holder.id
        #expect(holder == Sample.holder(isFree ? 2 : 1).id)
    }

    @Test func `a renewal pushes the outcomes so far and a later end`() async throws {
        let scene = try await Scene()
        let session = try await scene.session(1)
        let intents = try await session.begin("a", "b")
        let serial = SerialTaskExecutor()
        let first = Task(executorPreference: serial) { try await session.succeed(intents[0]) }
        let renewing = Task(executorPreference: serial) { await session.renew() }
        // The outcome is recorded by the renewal alone: the other environment stays open.
        await scene.time.untilAsleep()
        scene.time.wake()
        await scene.time.untilAsleep()
        #expect(scene.remote.subjects.last == "bankhook: applied a; renewed b [skip ci]")
        let expiry = try #require(scene.record("b")?.pending?.expiresAt)
        #expect(expiry.seconds(since: HandTime.start) == Scene.lease / 4 + Scene.lease)
        renewing.cancel()
        await renewing.value
        try await session.succeed(intents[1])
        try await first.value
        #expect(try scene.record("b")?.serial == 1)
    }

    @Test func `a lease is renewed at least every third of it`() async throws {
        let scene = try await Scene()
        try await scene.store().withLock(by: Sample.holder(1)) { locked in
            let intent = try await locked.recordIntent("a")
            for _ in 1...3 {
                await scene.time.untilAsleep()
                scene.time.wake()
            }
            await scene.time.untilAsleep()
            #expect(scene.time.elapsed <= .seconds(Scene.lease))
            let renewals = scene.remote.subjects.filter { $0 == "bankhook: renewed a [skip ci]" }
            #expect(renewals.count == 3)
            try await locked.restore(intent.snapshot, temporary: "t")
        }
    }

    @Test func `a process that was stopped renews its lease before it sends`() async throws {
        let scene = try await Scene()
        let session = try await scene.session(1)
        try await session.begin("a")
        scene.time.advance(by: 5_000)
        try await session.prepareRequest(for: Sample.name("a"), lasting: timeout)
        let expiry = try #require(scene.record("a")?.pending?.expiresAt)
        #expect(expiry.seconds(since: HandTime.start) == 5_000 + Scene.lease)
    }

    @Test func `a process that was stopped and cannot renew its lease sends nothing`()
        async throws
    {
        let scene = try await Scene()
        let fault = Fault()
        let session = try await scene.session(1, fault.interference)
        try await session.begin("a")
        fault.set(.fails(Scene.refused))
        scene.time.advance(by: Scene.lease - 89)
        let error = await branchError {
            try await session.prepareRequest(for: Sample.name("a"), lasting: timeout)
        }
        #expect(error == .leaseEnded)
    }

    @Test func `a wall clock that jumped ahead is believed`() async throws {
        let scene = try await Scene()
        let fault = Fault()
        let session = try await scene.session(1, fault.interference)
        try await session.begin("a")
        fault.set(.fails(Scene.refused))
        scene.time.moveWallClock(by: Scene.lease)
        let error = await branchError {
            try await session.prepareRequest(for: Sample.name("a"), lasting: timeout)
        }
        #expect(error == .leaseEnded)
    }

    @Test func `a run whose environment was taken over sends, records and takes back nothing`()
        async throws
    {
        let scene = try await Scene(Sample.settled("a"))
        let first = try await scene.session(1)
        let intents = try await first.begin("a", "b")
        scene.time.advance(by: 720)
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        try await second.begin("a")
        let taken = scene.remote.bytes(of: "a.json")
        let error = await branchError {
            try await first.prepareRequest(for: Sample.name("a"), lasting: timeout)
        }
        #expect(error == .takenOver(by: second.holder))
        // The other one is still its own.
        try await first.prepareRequest(for: Sample.name("b"), lasting: timeout)
        async let back: Void = first.takeBack(intents[0])
        async let done: Void = first.succeed(intents[1])
        _ = try await (back, done)
        #expect(scene.remote.bytes(of: "a.json") == taken)
        #expect(try scene.record("b")?.serial == 1)
    }

    @Test func `an outcome never replaces the intent of who took over`() async throws {
        let scene = try await Scene()
        let first = try await scene.session(1)
        let intents = try await first.begin("a")
        scene.time.advance(by: 720)
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        try await second.begin("a")
        let error = await branchError { try await first.succeed(intents[0]) }
        #expect(error == .takenOver(by: second.holder))
        #expect(try scene.record("a")?.pending?.holder.id == second.holder.id)
    }

    @Test func `an outcome never replaces what another run has recorded`() async throws {
        let scene = try await Scene()
        let first = try await scene.session(1)
        let intents = try await first.begin("a")
        scene.time.advance(by: 720)
        let second = try await scene.session(2)
        try await second.succeed(try await second.begin("a")[0])
        let error = await branchError { try await first.succeed(intents[0]) }
        #expect(error == .takenOver(by: nil))
        #expect(try scene.record("a")?.serial == 1)
    }

    @Test func `once somebody has unlocked it no request leaves after the next renewal`()
        async throws
    {
        let scene = try await Scene()
        let session = try await scene.session(1)
        try await session.begin("a", "b")
        let unlocked = try await scene.store(in: MemoryClone(of: scene.remote)).unlock(
            id: session.holder.id)
        #expect(unlocked.map(\.text) == ["a", "b"])
        #expect(try scene.record("a")?.pending?.expiresAt == nil)
        scene.time.advance(by: Scene.lease)
        let error = await branchError {
            try await session.prepareRequest(for: Sample.name("a"), lasting: timeout)
        }
        #expect(error == .leaseEnded)
        #expect(try scene.record("a")?.pending?.expiresAt == nil)
    }

    @Test func `unlocking an id that nobody holds says so`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let before = scene.remote.tip
        let error = await branchError { _ = try await scene.store().unlock(id: "x") }
        #expect(error == .unknownLock(id: "x"))
        #expect(scene.remote.tip == before)
    }
}
