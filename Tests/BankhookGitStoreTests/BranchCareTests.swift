import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import TestSupport
import Testing

/// The branch as a whole: made, deleted, rewritten, filled.
struct BranchCareTests {
    @Test func `a branch that exists is left as it is`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let before = scene.remote.tip
        #expect(try await !scene.store(in: MemoryClone(of: scene.remote)).initialize())
        #expect(scene.remote.tip == before)
    }

    @Test func `a branch that is missing is an error and never no state`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let tip = try #require(scene.remote.tip)
        _ = try await scene.store().names()
        scene.remote.tip = nil
        let missing = BranchError.missing(Scene.branch, remembered: tip)
        #expect(await branchError { _ = try await scene.store().records() } == missing)
        #expect(
            await branchError {
                try await scene.store().withLock(by: Sample.holder(1)) { _ in }
            } == missing)
        #expect(await branchError { _ = try await scene.store().initialize() } == missing)
        #expect(scene.remote.tip == nil)
        #expect(missing.wayOut.contains("\(tip):refs/heads/bankhook-state"))
        let fresh = scene.store(in: MemoryClone(of: scene.remote))
        #expect(
            await branchError { _ = try await fresh.names() }
                == .missing(Scene.branch, remembered: nil))
    }

    @Test func `a branch that was rewritten is refused until its tip is accepted`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let old = try #require(scene.remote.history.first?.id)
        _ = try await scene.store().names()
        let tip = try #require(scene.remote.tip)
        scene.remote.tip = old
        let rewritten = BranchError.rewritten(Scene.branch, remembered: tip, found: old)
        #expect(await branchError { _ = try await scene.store().records() } == rewritten)
        #expect(
            await branchError {
                try await scene.store().withLock(by: Sample.holder(1)) { _ in }
            } == rewritten)
        #expect(
            await branchError { try await scene.store().acceptRewrite(tip: tip) }
                == .otherTip(Scene.branch, found: old))
        try await scene.store().acceptRewrite(tip: old)
        #expect(try await scene.store().records().isEmpty)
    }

    @Test func `a branch that is rewritten under a run gets nothing of it`() async throws {
        let scene = try await Scene(Sample.settled("a"))
        let session = try await scene.session(1)
        let intents = try await session.begin("a")
        let old = try #require(scene.remote.history.first?.id)
        scene.remote.tip = old
        guard
            case .notPushed(.rewritten)? = await branchError({
                try await session.succeed(intents[0])
            })
        else {
            Issue.record("it is not refused")
            return
        }
        #expect(scene.remote.tip == old)
        #expect(scene.clone.kept.count == 1)
    }

    @Test func `making the branch survives a lost answer`() async throws {
        let remote = SharedBranch()
        let scene = try await Scene()
        let fault = Fault()
        fault.set(.answerLost(Scene.lost))
        #expect(
            try await scene.store(in: MemoryClone(of: remote), fault.interference).initialize())
        #expect(remote.subjects == ["bankhook: begin the state branch [skip ci]"])
        let attributes = remote.bytes(of: ".gitattributes")
        #expect(attributes.map { String(decoding: $0, as: UTF8.self) } == DirectoryStore.attributes)
    }

    @Test func `only an empty branch is filled`() async throws {
        let scene = try await Scene()
        let bytes = RecordCodec.encode(try Sample.settled("a"))
        let records = [RecordSnapshot(name: try Sample.name("a"), bytes: bytes, decoded: nil)]
        try await scene.store().fill(with: records)
        #expect(scene.remote.bytes(of: "a.json") == bytes)
        let error = await branchError { try await scene.store().fill(with: records) }
        #expect(error == .holdsRecords("branch bankhook-state of origin"))
    }

    @Test func `an empty branch beside records in a directory is an error`() async throws {
        try await withTemporaryDirectory { directory in
            let neighbour = DirectoryStore(path: "\(directory)/bankhook.state")
            try await neighbour.withLock(by: Sample.holder(1)) { locked in
                try await locked.write(Sample.settled("a"), temporary: "t")
            }
            let scene = try await Scene()
            let store = GitStore(
                Scene.branch, in: scene.repository(), time: scene.time.runTime, beside: neighbour)
            let error = await branchError { _ = try await store.names() }
            #expect(
                error
                    == .recordsElsewhere(Scene.branch, directory: neighbour.path, count: 1))
            try await scene.put([Sample.settled("b")])
            #expect(try await store.names().map(\.text) == ["b"])
        }
    }
}
