import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Testing

/// Records that somebody damages on the branch while their requests are under way.
struct DamagedMeanwhileTests {
    private static let damage = BranchChange(file: "a.json", bytes: [0x7B])

    @Test
    func `the outcome of a record that was damaged meanwhile is kept, and pushed once mended`()
        async throws
    {
        let scene = try await Scene()
        let session = try await scene.session(1)
        let intents = try await session.begin("a", "b")
        let sound = try #require(scene.remote.bytes(of: "a.json"))
        try await scene.put([DamagedMeanwhileTests.damage])
        async let other: Void = session.succeed(intents[1])
        let error = await branchError { try await session.succeed(intents[0]) }
        try await other
        guard case .notPushed(.unreadable(let words, _))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(words.hasPrefix("bankhook-state:./a.json is damaged"))
        #expect(error?.wayOut.contains("git log FETCH_HEAD -- a.json") == true)
        #expect(error?.wayOut.contains("git revert") == true)
        #expect(error?.wayOut.contains("bankhook state push") == true)
        #expect(try scene.record("b")?.serial == 1)
        #expect(scene.clone.kept.count == 1)

        // As long as it is damaged, it stays, and says why.
        do {
            _ = try await scene.store().pushKept()
            Issue.record("it was pushed over damage")
        } catch {
            guard case .damaged = error else { throw error }
        }
        #expect(scene.clone.kept.count == 1)

        try await scene.put([BranchChange(file: "a.json", bytes: sound)])
        let fates = try await scene.store().pushKept()
        #expect(fates == [RecoveredOutcome(try Sample.name("a"), .pushed)])
        #expect(try scene.record("a")?.serial == 1)
        #expect(scene.clone.kept.isEmpty)
    }

    @Test func `an outcome for a damaged record is kept also where the push of the others fails`()
        async throws
    {
        let scene = try await Scene()
        let fault = Fault()
        let session = try await scene.session(1, fault.interference)
        let intents = try await session.begin("a", "b")
        let sound = try #require(scene.remote.bytes(of: "a.json"))
        try await scene.put([DamagedMeanwhileTests.damage])
        // The branch that this run knows is older; it sees the damage when it looks again.
        fault.set(.fails(Scene.refused))
        async let other = branchError { try await session.succeed(intents[1]) }
        let error = await branchError { try await session.succeed(intents[0]) }
        guard case .notPushed(.unreadable)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(await other == .notPushed(Scene.refused))
        try await scene.put([BranchChange(file: "a.json", bytes: sound)])
        let fates = try await scene.store().pushKept()
        #expect(Set(fates.filter { $0.fate == .pushed }.map(\.name.text)) == ["a", "b"])
        #expect(try scene.record("a")?.serial == 1)
        #expect(try scene.record("b")?.serial == 1)
    }

    @Test func `a damaged record keeps no other kept outcome from the branch`() async throws {
        let scene = try await Scene()
        for (number, name) in [(1, "a"), (2, "b")] {
            let fault = Fault()
            let session = try await scene.session(number, fault.interference)
            let intents = try await session.begin(name)
            fault.set(.fails(Scene.refused))
            _ = await branchError { try await session.succeed(intents[0]) }
        }
        try await scene.put([DamagedMeanwhileTests.damage])
        await #expect(throws: StateError.self) { try await scene.store().pushKept() }
        #expect(try scene.record("b")?.serial == 1)
        #expect(scene.clone.kept.count == 1)
    }

    @Test func `an outcome that another run of the clone pushed and went on from is recorded`()
        async throws
    {
        let scene = try await Scene()
        let isFirst = Once(true)
        let session = try await scene.session(1) { operation in
            // While this push hangs, another apply in the clone finds the outcome and records it.
            guard operation.isPush, !scene.clone.kept.isEmpty, isFirst.take() == true else {
                return nil
            }
            _ = try? await scene.store().pushKept()
            if let second = try? await scene.session(2), let next = try? await second.begin("a") {
                try? await second.succeed(next[0])
            }
            return nil
        }
        let intents = try await session.begin("a")
        try await session.succeed(intents[0])
        #expect(try scene.record("a")?.serial == 2)
        #expect(scene.clone.kept.isEmpty)
    }
}
