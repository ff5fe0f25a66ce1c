import BankhookHistory
import BankhookModel
import TestSupport
import Testing

/// A name that has had records of more than one lineage.
struct RivalTests {
    /// A version of the other lineage, committed.
    @discardableResult
    private func commitOther(_ fixture: HistoryFixture, _ serial: Int = 1) async throws -> String {
        try fixture.write(
            try HistoryFixture.version(serial, lineage: HistoryFixture.otherLineage))
        return try await fixture.repository.commit("other \(serial)")
    }

    @Test func `a record that was forgotten and registered anew is the newest`() async throws {
        try await HistoryFixture.with { fixture in
            for serial in 1...3 { try await commitOther(fixture, serial) }
            try fixture.remove("uat")
            try await fixture.repository.commit("forget")
            try fixture.write(try HistoryFixture.version(1))
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.commit()
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `bringing the forgotten record back is a rollback until it is sent again`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            for serial in 1...2 { try await fixture.commit(serial) }
            try fixture.remove("uat")
            try await fixture.repository.commit("forget")
            let later = try await commitOther(fixture)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            try await fixture.repository.git("revert", "--no-edit", "HEAD~2")
            #expect(
                try await fixture.finding()
                    == .init(
                        rolledBackFrom: later, isForked: false, ahead: nil, highestSerial: 2))
            #expect(
                try await fixture.problems().contains(
                    "uat \(later): it was rolled back to a record that was forgotten meanwhile"))
            try fixture.write(try HistoryFixture.version(3))
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.commit()
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `two branches that registered one name are a fork until one is sent again`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try fixture.write(
                try HistoryFixture.version(
                    1, name: "prod", lineage: "22222222-3b1a-4c55-9d7e-8a1b2c3d4e5f"), to: "prod")
            try await fixture.repository.commit()
            try await fixture.repository.git("branch", "side")
            try await fixture.commit(1)
            try await fixture.repository.git("checkout", "--quiet", "side")
            try await commitOther(fixture)
            try await fixture.repository.git("checkout", "--quiet", "main")
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.git("merge", "--quiet", "-s", "ours", "--no-edit", "side")
            let finding = try await fixture.finding()
            #expect(finding?.isForked == true)
            #expect(finding?.rolledBackFrom == nil)
            #expect(
                try await fixture.problems() == [
                    "uat -: history holds another record of this name, which does not come before "
                        + "it"
                ])
            try await fixture.commit(2)
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `an old commit, run again after another lineage took the name, is behind`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try fixture.remove("uat")
            try await fixture.repository.commit("forget")
            let later = try await commitOther(fixture)
            try await fixture.repository.git("checkout", "--quiet", "HEAD~2")
            let finding = try await fixture.finding()
            #expect(finding?.ahead?.commit == later)
            #expect(finding?.rolledBackFrom == nil)
            #expect(finding?.isForked == false)
        }
    }
}
