import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Synchronization
import Testing

/// Pushes whose answer is lost, that are refused, or that come when nobody expects them.
struct PushTests {
    @Test func `a push whose answer was lost is recognised by its commit`() async throws {
        let scene = try await Scene()
        let fault = Once(BranchFault.answerLost(Scene.lost))
        let session = try await scene.session(1) { operation in
            if case .push = operation { return fault.take() }
            return nil
        }
        try await session.begin("a")
        #expect(scene.remote.subjects.count == 2)
        #expect(scene.clone.remembered == scene.remote.tip)
    }

    @Test func `it is recognised also when somebody pushed on top of it`() async throws {
        let scene = try await Scene()
        let fault = Once(BranchFault.answerLost(Scene.lost))
        let other = Once(try Sample.settled("b"))
        let session = try await scene.session(1) { operation in
            if case .push = operation { return fault.take() }
            if operation == .fetch, let record = other.take() { try? await scene.put([record]) }
            return nil
        }
        let intents = try await session.begin("a")
        #expect(
            scene.remote.subjects.suffix(2)
                == ["bankhook: pending a [skip ci]", "somebody"].map {
                    $0 == "somebody" ? "bankhook: somebody [skip ci]" : $0
                })
        try await session.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 1)
        #expect(try scene.record("b")?.serial == 1)
    }

    @Test func `an outcome whose answer was lost is not kept`() async throws {
        let scene = try await Scene()
        let fault = Fault()
        let session = try await scene.session(1, fault.interference)
        let intents = try await session.begin("a")
        fault.set(.answerLost(Scene.lost))
        try await session.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 1)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `an intent that arrives after it was given up is the run's own`() async throws {
        let scene = try await Scene()
        let fault = Once(BranchFault.late(Scene.lost))
        let pushes = Once(1, 2)
        let session = try await scene.session(1) { operation in
            guard case .push = operation else { return nil }
            // It arrives between the look at the branch and the second push.
            if pushes.take() == 2 { scene.remote.deliver() }
            return fault.take()
        }
        let intents = try await session.begin("a")
        try await session.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 1)
    }

    @Test(arguments: [(Scene.refused, 1), (Scene.lost, 4)])
    func `a push is made again where nobody answered, and not where it was refused`(
        error: BranchError, pushes: Int
    ) async throws {
        let scene = try await Scene()
        let fault = Fault()
        fault.set(.fails(error))
        let session = try await scene.session(1, fault.interference)
        #expect(await branchError { try await session.begin("a") } == error)
        #expect(fault.pushes == pushes)
        #expect(try scene.record("a") == nil)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `a look at the branch that fails after a push is made again`() async throws {
        let scene = try await Scene()
        let faults = Once(BranchFault.answerLost(Scene.lost))
        let looks = Once(BranchFault.fails(Scene.lost))
        let session = try await scene.session(1) { operation in
            switch operation {
            case .push: faults.take()
            case .fetch: looks.take()
            default: nil
            }
        }
        let intents = try await session.begin("a")
        try await session.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 1)
    }

    @Test func `after a signal an outcome that lost its race is pushed again`() async throws {
        let scene = try await Scene()
        let others = Once(try Sample.settled("b"))
        let session = try await scene.session(1) { operation in
            if operation.isPush, scene.clone.kept.count == 1, let record = others.take() {
                try? await scene.put([record])
            }
            return nil
        } isInterrupted: {
            true
        }
        let intents = try await session.begin("a")
        try await session.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 1)
        #expect(try scene.record("b")?.serial == 1)
    }

    @Test func `after a signal an intent that lost its race is not pushed again`() async throws {
        let scene = try await Scene()
        let others = Once(try Sample.settled("b"))
        let session = try await scene.session(1) { operation in
            if operation.isPush, let record = others.take() { try? await scene.put([record]) }
            return nil
        } isInterrupted: {
            true
        }
        let error = await branchError { try await session.begin("a") }
        #expect(error == .refused(Scene.branch, words: "fetch first"))
        #expect(try scene.record("a") == nil)
    }

    @Test func `after a signal nobody waits for a remote that does not answer`() async throws {
        let scene = try await Scene()
        let fault = Fault()
        let session = try await scene.session(
            1, fault.interference, isInterrupted: { fault.pushes > 1 })
        let intents = try await session.begin("a")
        fault.set(.fails(Scene.lost))
        let error = await branchError { try await session.succeed(intents[0]) }
        #expect(error == .notPushed(Scene.lost))
        #expect(fault.pushes == 2)
    }

    @Test func `an outcome that cannot even be kept is not said to be`() async throws {
        let scene = try await Scene()
        let full = BranchError.unusable(words: "no space left")
        let session = try await scene.session(1) { operation in
            operation == .commit(isKept: true) ? .fails(full) : nil
        }
        let intents = try await session.begin("a")
        #expect(await branchError { try await session.succeed(intents[0]) } == full)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `that the clone cannot remember its tip is told, and does not undo a push`()
        async throws
    {
        let scene = try await Scene()
        let words = "Unable to create '.git/refs/bankhook/tip.lock': File exists."
        let stale = Once(BranchFault.fails(.unusable(words: words)))
        let told = Mutex<[BranchError]>([])
        let session = try await scene.session(1) { operation in
            operation == .remember ? stale.take() : nil
        } unremembered: { error in
            told.withLock { $0.append(error) }
        }
        let intents = try await session.begin("a")
        try await session.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 1)
        #expect(told.withLock { $0 } == [.unusable(words: words)])
        #expect(BranchError.unusable(words: words).wayOut.contains("remove that file"))
    }
}
