import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Testing

/// Outcomes that are kept of records that are not on the branch any more.
struct RewrittenTests {
    /// A first registration that BankConnect took and that could not be pushed; returns the tip before
    /// its intent.
    private func failingRun(_ scene: Scene) async throws -> String {
        let before = try #require(scene.remote.tip)
        let fault = Fault()
        let session = try await scene.session(1, fault.interference)
        let intents = try await session.begin("a")
        fault.set(.fails(Scene.refused))
        #expect(
            await branchError { try await session.succeed(intents[0]) }
                == .notPushed(Scene.refused))
        return before
    }

    private func rewrite(_ scene: Scene, to tip: String) async throws {
        scene.remote.tip = tip
        try await scene.store().acceptRewrite(tip: tip)
    }

    @Test func `a branch that was rewritten to before a first intent gets it back, in doubt`()
        async throws
    {
        let scene = try await Scene()
        try await rewrite(scene, to: failingRun(scene))
        #expect(await scene.store().mayKeepOutcomes())
        let name = try Sample.name("a")
        #expect(try await scene.store().keptOutcomes() == [RecoveredOutcome(name, .doubted)])
        #expect(scene.clone.kept.count == 1)

        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(name, .doubted)])
        let record = try scene.record("a")
        #expect(record?.applied == nil)
        #expect(record?.pending?.holder.id == Sample.holder(1).id)
        #expect(record?.pending != nil && record?.pending?.expiresAt == nil)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `a record that somebody forgot since stays forgotten`() async throws {
        let scene = try await Scene()
        _ = try await failingRun(scene)
        try await scene.put([BranchChange(file: "a.json", bytes: nil)])
        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(try Sample.name("a"), .superseded)])
        #expect(try scene.record("a") == nil)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `a rewritten branch that has the record under another name gets no second one`()
        async throws
    {
        let scene = try await Scene()
        let before = try await failingRun(scene)
        let intent = try #require(try scene.record("a"))
        try await rewrite(scene, to: before)
        try await scene.put([
            Record(
                environment: Sample.name("b"), lineage: intent.lineage, serial: intent.serial,
                previous: nil, applied: nil, pending: intent.leased(until: nil).pending)
        ])
        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(try Sample.name("a"), .superseded)])
        #expect(try scene.record("a") == nil)
    }

    @Test func `what is kept of an intent that the branch holds would be pushed`() async throws {
        let scene = try await Scene()
        _ = try await failingRun(scene)
        let tip = scene.remote.tip
        let name = try Sample.name("a")
        #expect(try await scene.store().keptOutcomes() == [RecoveredOutcome(name, .pushed)])
        #expect(scene.remote.tip == tip)
    }
}
