import BankhookHistory
import BankhookModel
import Foundation
import TestSupport
import Testing

/// What HEAD's own history tells of a record.
struct RollbackTests {
    @Test func `a record that grew version by version is the newest`() async throws {
        try await HistoryFixture.with { fixture in
            for serial in 1...3 { try await fixture.commit(serial) }
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `a reverted version is a rollback and names the commit`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            let later = try await fixture.commit(2)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            #expect(
                try await fixture.finding()
                    == .init(
                        rolledBackFrom: later, isForked: false, ahead: nil, highestSerial: 2))
        }
    }

    @Test func `a later version that is not committed yet ends it, and so does its commit`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.commit(2)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            try fixture.write(try HistoryFixture.version(3))
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.commit()
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `an intent that vanished is a rollback until a later version settles it`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            let intent = try await fixture.commit(1, pending: true)
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            let finding = try await fixture.finding()
            #expect(finding?.rolledBackFrom == intent)
            #expect(finding?.highestSerial == 1)
            try fixture.write(try HistoryFixture.version(2))
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.commit()
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `a record that settled after its intent was committed is the newest`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(0, pending: true)
            try fixture.write(try HistoryFixture.version(1))
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.commit()
            try await fixture.commit(1, pending: true)
            try fixture.write(try HistoryFixture.version(2))
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `an intent stands for the version that it names`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            let intent = try await fixture.commit(2, pending: true)
            try fixture.write(try HistoryFixture.version(1))
            let finding = try await fixture.finding()
            #expect(finding?.rolledBackFrom == intent)
            #expect(finding?.highestSerial == 2)
        }
    }

    @Test func `a rollback that died in its own intent is still one`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.commit(2)
            try fixture.write(try HistoryFixture.version(1, pending: true))
            #expect(try await fixture.finding()?.highestSerial == 2)
        }
    }

    @Test func `a version that only a merge has is read`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.repository.git("checkout", "--quiet", "-b", "side")
            try await fixture.commit(2, by: "side")
            try await fixture.repository.git("checkout", "--quiet", "main")
            try await fixture.repository.git("commit", "--quiet", "--allow-empty", "-m", "empty")
            try await fixture.repository.git("merge", "--no-commit", "--no-ff", "side")
            let merge = try await fixture.commit(5, by: "by hand")
            try fixture.write(try HistoryFixture.version(2, by: "side"))
            #expect(try await fixture.finding()?.rolledBackFrom == merge)
        }
    }

    @Test func `a branch whose record a merge dropped is part of the history`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.repository.git("checkout", "--quiet", "-b", "side")
            let later = try await fixture.commit(2)
            try await fixture.repository.git("checkout", "--quiet", "main")
            try await fixture.repository.git("commit", "--quiet", "--allow-empty", "-m", "empty")
            try await fixture.repository.git("merge", "--quiet", "-s", "ours", "--no-edit", "side")
            try await fixture.repository.git("branch", "--quiet", "-D", "side")
            #expect(try await fixture.finding()?.rolledBackFrom == later)
        }
    }

    @Test func `a moved record keeps its history, and a move that was reverted is a rollback`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try fixture.remove("uat")
            try fixture.write(try HistoryFixture.version(2, name: "uat2"), to: "uat2")
            let move = try await fixture.repository.commit()
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            #expect(try await fixture.finding()?.rolledBackFrom == move)
        }
    }

    @Test func `a forgotten record's history is not the new one's`() async throws {
        try await HistoryFixture.with { fixture in
            for serial in 1...3 { try await fixture.commit(serial) }
            try fixture.write(
                try HistoryFixture.version(1, lineage: HistoryFixture.otherLineage))
            #expect(try await fixture.history() == RecordHistory(coverage: .complete))
        }
    }

    @Test(arguments: [
        ("log.showRoot", "false"), ("log.follow", "true"), ("diff.relative", "true"),
        ("log.diffMerges", "first-parent"), ("color.ui", "always"), ("diff.renames", "copies"),
        ("format.pretty", "oneline"), ("core.quotePath", "true"), ("log.abbrevCommit", "true"),
        ("diff.orderFile", "/nonexistent"), ("log.excludeDecoration", "*"),
        ("diff.noprefix", "true"), ("log.decorate", "full"), ("diff.statGraphWidth", "3"),
    ])
    func `a setting of the repository changes nothing`(key: String, value: String) async throws {
        try await HistoryFixture.with { fixture in
            // The version that is lost is the root commit's.
            let root = try await fixture.commit(2)
            try await fixture.commit(1)
            try await fixture.repository.git("config", key, value)
            if key == "diff.orderFile" {
                try await fixture.repository.git("config", key, "\(fixture.directory)/uat.json")
            }
            #expect(try await fixture.finding()?.rolledBackFrom == root)
        }
    }

    @Test(arguments: ["a b", "[a]*?", "ü", "x\ny", ":(top)", "-c", "a/b/c", "\"q\"\\"])
    func `any path of the directory is meant literally`(folder: String) async throws {
        try await HistoryFixture.with(folder) { fixture in
            try await fixture.commit(1)
            let later = try await fixture.commit(2)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            #expect(try await fixture.finding()?.rolledBackFrom == later)
        }
    }

    @Test func `a repository with longer ids is read too`() async throws {
        try await HistoryFixture.with("bankhook.state", "--object-format=sha256") { fixture in
            try await fixture.commit(1)
            #expect(try await fixture.finding() == nil)
            let later = try await fixture.commit(2)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            #expect(try await fixture.finding()?.rolledBackFrom == later)
        }
    }

    @Test func `what git was told to replace is read as it was committed`() async throws {
        try await HistoryFixture.with { fixture in
            let first = try await fixture.commit(1)
            let later = try await fixture.commit(2)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            try await fixture.repository.git("replace", later, first)
            #expect(try await fixture.finding()?.rolledBackFrom == later)
        }
    }

    @Test func `a linked work tree has the history of its own HEAD`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            let later = try await fixture.commit(2)
            try await withTemporaryDirectory { other in
                try await fixture.repository.git(
                    "worktree", "add", "--quiet", "--detach", "\(other)/tree", "HEAD~1")
                let history = try await HistoryFixture.history(of: "\(other)/tree/bankhook.state")
                let finding = try #require(history.findings.values.first)
                #expect(finding.ahead?.commit == later)
                #expect(finding.rolledBackFrom == nil)
            }
        }
    }
}
