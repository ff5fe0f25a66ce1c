import BankhookModel
import BankhookPlan
import BankhookSavedPlan
import BankhookState
import Testing

/// What makes a saved plan stale, and what does not.
struct DifferenceTests {
    /// What differs in the scene after an edit.
    private func differences(
        from before: PlanScene = PlanScene(), after edit: (inout PlanScene) -> Void
    ) throws -> [PlanDifference] {
        var scene = PlanScene()
        edit(&scene)
        return try before.saved().differences(in: scene.saved())
    }

    @Test func `the same plan does not differ`() throws {
        #expect(try differences { _ in }.isEmpty)
    }

    @Test func `a file that changed, came or went is named first`() throws {
        let configuration = SavedFile(.configuration, path: "bankhook.yaml")
        let policy = SavedFile(.policy, path: "elsewhere/policy.yaml")
        let more = SavedFile(.configuration, path: "more.yaml")
        let found = try differences { scene in
            scene.files = [configuration: Checksum(of: [3]), more: Checksum(of: [])]
            scene.mode = .netBanking
        }
        let old = try PlanScene.name("old")
        #expect(
            found == [
                .file(configuration, .changed), .file(more, .added), .file(policy, .removed),
                .change(old, saved: .unchanged, now: .update),
            ])
    }

    @Test func `a folder of another name is not a difference`() throws {
        let found = try differences { scene in
            scene.files = [
                SavedFile(.configuration, path: "/srv/bankhook.yaml"): Checksum(of: [1]),
                SavedFile(.policy, path: "policy.yaml"): Checksum(of: [2]),
            ]
        }
        #expect(found.isEmpty)
    }

    @Test func `every record counts, also one that plans the same`() throws {
        let gone = try PlanScene.name("gone")
        #expect(try differences { $0.recorded[0].age = 61 } == [.record(gone, .changed)])
        #expect(
            try differences { $0.recorded.remove(at: 0) } == [
                .record(gone, .removed), .change(gone, saved: .orphaned, now: nil),
            ])
        let unrelated = try PlanScene.name("unrelated")
        #expect(
            try differences { $0.recorded.append(("unrelated", PlanScene.first, 1)) } == [
                .record(unrelated, .added), .lineage(try PlanScene.name("new")),
                .change(unrelated, saved: nil, now: .orphaned),
            ])
    }

    @Test func `a first registration that was recorded meanwhile is said once`() throws {
        let new = try PlanScene.name("new")
        let third = "3f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"
        for lineage in [PlanScene.first, third] {
            let found = try differences { $0.recorded.append(("new", lineage, 1)) }
            #expect(
                found == [
                    .record(new, .added), .change(new, saved: .register, now: .update),
                ])
        }
    }

    @Test func `another reason for the same action differs`() throws {
        var before = PlanScene()
        before.oldURL = "https://old.lender.example/a"
        let found = try differences(from: before) { $0.mode = .netBanking }
        #expect(
            found == [.change(try PlanScene.name("old"), saved: .update, now: .update)])
    }

    @Test func `another value for the same reason differs`() throws {
        var before = PlanScene()
        before.oldURL = "https://old.lender.example/a"
        let found = try differences(from: before) { $0.oldURL = "https://old.lender.example/b" }
        #expect(
            found == [.change(try PlanScene.name("old"), saved: .update, now: .update)])
    }

    @Test func `another account differs where nothing is recorded too`() throws {
        let (new, old) = (try PlanScene.name("new"), try PlanScene.name("old"))
        #expect(
            try differences { $0.key = "rotated-key" } == [
                .account(new), .change(old, saved: .unchanged, now: .update), .account(old),
            ])
    }

    @Test func `another webhook secret differs where nothing is recorded too`() throws {
        let new = try PlanScene.name("new")
        #expect(
            try differences { $0.token = "rotated-token-0123456789" }
                == [.secret(new, name: "token")])
    }

    @Test func `a plan without credentials differs only where they change it`() throws {
        var before = PlanScene()
        before.key = nil
        #expect(try differences(from: before) { _ in }.isEmpty)
        let old = try PlanScene.name("old")
        #expect(
            try differences(from: before) { $0.key = "rotated-key" }
                == [.change(old, saved: .unchanged, now: .update)])
    }

    @Test func `credentials that are not at hand any more differ`() throws {
        let names = try ["new", "old"].map(PlanScene.name)
        #expect(try differences { $0.key = nil } == names.map { .account($0) })
    }

    @Test func `a plan adopts the lineages of first registrations and of no others`() throws {
        let (new, old) = (try PlanScene.name("new"), try PlanScene.name("old"))
        let saved = try PlanScene().saved()
        #expect(saved.firstLineages == [new: try #require(Lineage(PlanScene.first))])
        let lineage = try #require(Lineage(PlanScene.first))
        let plan = try PlanScene().plan().adopting([new: lineage, old: lineage])
        #expect(plan.changes.map(\.firstLineage?.text) == [nil, PlanScene.first, nil])
    }
}
