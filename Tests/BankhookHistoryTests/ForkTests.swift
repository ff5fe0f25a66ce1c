import BankhookHistory
import BankhookModel
import TestSupport
import Testing

/// Two branches that both applied.
struct ForkTests {
    /// Two branches from serial 1: `main` goes up to a serial, `side` applies serial 2 as well; then
    /// main merges side and keeps its own record.
    private func withMerged(
        upTo serial: Int, _ body: (HistoryFixture) async throws -> Void
    ) async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.repository.git("branch", "side")
            for serial in 2...serial { try await fixture.commit(serial, by: "main") }
            try await fixture.repository.git("checkout", "--quiet", "side")
            try await fixture.commit(2, by: "side")
            try await fixture.repository.git("checkout", "--quiet", "main")
            try await fixture.repository.git("merge", "--quiet", "-s", "ours", "--no-edit", "side")
            try await body(fixture)
        }
    }

    @Test func `two versions of one serial are a fork until one comes after both`() async throws {
        try await withMerged(upTo: 2) { fixture in
            let finding = try await fixture.finding()
            #expect(finding?.isForked == true)
            #expect(finding?.rolledBackFrom == nil)
            #expect(finding?.highestSerial == 2)
            try fixture.write(try HistoryFixture.version(3))
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.commit()
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `a later version of one branch alone does not know of the other`() async throws {
        try await withMerged(upTo: 3) { fixture in
            let finding = try await fixture.finding()
            #expect(finding?.isForked == true)
            #expect(finding?.highestSerial == 3)
            try await fixture.commit(4)
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `putting the later version back is no apply after the fork`() async throws {
        try await HistoryFixture.with { fixture in
            for serial in 1...3 { try await fixture.commit(serial, by: "main") }
            try await fixture.commit(2, by: "side")
            try await fixture.commit(3, by: "main")
            #expect(try await fixture.finding()?.isForked == true)
        }
    }

    @Test func `a record that is not committed beside another of its serial is a fork`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.commit(2, by: "pulled")
            try fixture.write(try HistoryFixture.version(2, by: "here"))
            #expect(try await fixture.finding()?.isForked == true)
        }
    }

    @Test func `branches that merge one version are no fork`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.repository.git("branch", "side")
            try await fixture.commit(2)
            try await fixture.repository.git("checkout", "--quiet", "side")
            try await fixture.commit(2)
            try await fixture.repository.git("checkout", "--quiet", "main")
            try await fixture.repository.git("merge", "--quiet", "--no-edit", "side")
            #expect(try await fixture.finding() == nil)
        }
    }
}
