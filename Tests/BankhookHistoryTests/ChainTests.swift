import BankhookHistory
import BankhookModel
import BankhookState
import Foundation
import TestSupport
import Testing

/// Whether each version follows from the one before it.
struct ChainTests {
    private func settled(
        _ serial: Int, after before: Record? = nil, by writer: String = "bankhook",
        name: String = "uat"
    ) throws -> Record {
        try ChainRecords.settled(serial, after: before, by: writer, name: name)
    }

    /// Commits serial 1 up to a serial, each after the one before.
    private func commit(
        upTo serial: Int, in fixture: HistoryFixture
    ) async throws -> [Record] {
        var records = [Record]()
        for serial in 1...serial {
            records.append(try settled(serial, after: records.last))
            try await fixture.commit(records[serial - 1])
        }
        return records
    }

    @Test func `a chain that was committed version by version is whole, and so is one more`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            let records = try await commit(upTo: 3, in: fixture)
            #expect(try await fixture.problems().isEmpty)
            try fixture.put(try settled(4, after: records[2]))
            let found = try await fixture.verification()
            #expect(found.lines.isEmpty)
            #expect(found.records.map(\.versions) == [3])
        }
    }

    @Test func `intents that were committed stand for the versions that they name`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(try ChainRecords.intent(on: nil))
            let first = try settled(1)
            // Only its intent was committed.
            try await fixture.commit(try ChainRecords.intent(on: first))
            let second = try settled(2, after: first)
            try await fixture.commit(second)
            try fixture.put(try ChainRecords.intent(on: second))
            let found = try await fixture.verification()
            #expect(found.lines.isEmpty)
            #expect(found.records.map(\.versions) == [2])
        }
    }

    @Test func `a version that was never committed is a gap, and the one after it is named`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            let first = try settled(1)
            try await fixture.commit(first)
            let third = try settled(3, after: try settled(2, after: first))
            try fixture.put(third)
            let words = "serial 3 follows a version that was never committed"
            #expect(try await fixture.problems() == ["uat -: \(words)"])
            let commit = try await fixture.commit(third)
            #expect(try await fixture.problems() == ["uat \(commit): \(words)"])
            try await fixture.commit(try settled(4, after: third))
            #expect(try await fixture.problems() == ["uat \(commit): \(words)"])
        }
    }

    @Test func `a gap is accepted only where history holds the serials between`() async throws {
        try await HistoryFixture.with { fixture in
            let records = try await commit(upTo: 3, in: fixture)
            try await fixture.repository.git("revert", "--no-edit", "HEAD", "HEAD~1")
            let fourth = try settled(4, after: records[0])
            try fixture.put(fourth)
            #expect(try await fixture.problems().isEmpty)
            try await fixture.commit(fourth)
            #expect(try await fixture.problems().isEmpty)
            let commit = try await fixture.commit(try settled(6, after: fourth))
            #expect(
                try await fixture.problems() == [
                    "uat \(commit): serial 6 follows serial 4, and history does not hold those "
                        + "between"
                ])
        }
    }

    @Test func `serials that another branch holds are no gap`() async throws {
        try await HistoryFixture.with { fixture in
            let records = try await commit(upTo: 2, in: fixture)
            try await fixture.repository.git("branch", "newer")
            try await fixture.repository.git("reset", "--quiet", "--hard", "HEAD~1")
            try await fixture.commit(try settled(3, after: records[0]))
            #expect(try await fixture.problems().isEmpty)
            try await fixture.repository.git("branch", "-D", "newer")
            #expect(try await fixture.problems().count == 1)
        }
    }

    @Test func `after a rollback to before the first version the chain goes on`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(try ChainRecords.intent(on: nil))
            _ = try await commit(upTo: 2, in: fixture)
            let third = try settled(3)
            try await fixture.commit(third)
            #expect(try await fixture.problems().isEmpty)
        }
        try await HistoryFixture.with { fixture in
            let commit = try await fixture.commit(try settled(3))
            #expect(
                try await fixture.problems().first?.hasPrefix("uat \(commit): serial 3 says")
                    == true)
        }
    }

    @Test func `a chain whose beginning was never committed begins where it was`() async throws {
        try await HistoryFixture.with { fixture in
            let seventh = try settled(7, after: try settled(6))
            try fixture.put(seventh)
            #expect(try await fixture.problems().isEmpty)
            try await fixture.commit(seventh)
            try await fixture.commit(try settled(8, after: seventh))
            #expect(try await fixture.problems().isEmpty)
        }
    }

    @Test func `a version that follows from another one names the first commit that has it`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            let records = try await commit(upTo: 2, in: fixture)
            let third = try settled(3, after: try settled(2, after: records[0], by: "stranger"))
            let broken = try await fixture.commit(third)
            try await fixture.commit(try settled(4, after: third))
            try await fixture.commit(third)
            try await fixture.commit(try settled(4, after: third))
            #expect(
                try await fixture.problems() == [
                    "uat \(broken): serial 3 does not follow from the serial 2 that history holds"
                ])
        }
    }

    @Test func `a serial that does not go up is named`() async throws {
        try await HistoryFixture.with { fixture in
            let records = try await commit(upTo: 3, in: fixture)
            let commit = try await fixture.commit(try settled(3, after: records[2], by: "twice"))
            #expect(
                try await fixture.problems().contains(
                    "uat \(commit): serial 3 names serial 3 as the version before it"))
        }
    }

    @Test func `a moved record keeps its chain under the other name`() async throws {
        try await HistoryFixture.with { fixture in
            let records = try await commit(upTo: 2, in: fixture)
            let name = try #require(EnvironmentName("staging"))
            let moved = RecordMove.moved(records[1], to: name)
            try fixture.remove("uat")
            try await fixture.commit(moved)
            try await fixture.commit(try settled(4, after: moved, name: "staging"))
            let found = try await fixture.verification()
            #expect(found.lines.isEmpty)
            #expect(found.records.map(\.versions) == [4])
        }
    }

    @Test func `a forgotten record ends its lineage, and a new chain is judged for itself`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(try settled(1))
            try await fixture.commit(try settled(5, after: try settled(4)))
            #expect(try await fixture.problems().count == 1)
            try await fixture.commit(
                try ChainRecords.settled(1, lineage: HistoryFixture.otherLineage))
            #expect(try await fixture.problems().isEmpty)
            try fixture.remove("uat")
            #expect(try await fixture.problems().isEmpty)
        }
    }

    @Test func `a rollback is reported until it is sent again`() async throws {
        try await HistoryFixture.with { fixture in
            let records = try await commit(upTo: 2, in: fixture)
            let later = try await fixture.repository.git("rev-parse", "HEAD")
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            #expect(
                try await fixture.problems() == [
                    "uat \(later): it was rolled back to serial 1, and history holds serial 2"
                ])
            try fixture.put(try settled(3, after: records[0]))
            #expect(try await fixture.problems().isEmpty)
        }
    }

    @Test func `a fork is reported with both commits until one version comes after both`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            let first = try settled(1)
            try await fixture.commit(first)
            try await fixture.repository.git("branch", "side")
            let second = try settled(2, after: first, by: "main")
            let here = try await fixture.commit(second)
            try await fixture.repository.git("checkout", "--quiet", "side")
            let there = try await fixture.commit(try settled(2, after: first, by: "side"))
            try await fixture.repository.git("checkout", "--quiet", "main")
            #expect(try await fixture.problems().isEmpty)
            try await fixture.repository.git("merge", "--quiet", "-s", "ours", "--no-edit", "side")
            let problems = try await fixture.problems()
            #expect(problems.count == 1)
            #expect(problems.first?.contains("two applies made serial 2") == true)
            #expect(problems.first?.contains(here) == true)
            #expect(problems.first?.contains(there) == true)
            let third = try settled(3, after: second)
            try fixture.put(third)
            #expect(try await fixture.problems().isEmpty)
            try await fixture.commit(third)
            #expect(try await fixture.problems().isEmpty)
        }
    }
}
