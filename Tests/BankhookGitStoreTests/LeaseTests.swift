import BankhookModel
import BankhookState
import Testing

struct LeaseTests {
    private let length = TimeSpan(seconds: 600)

    private func later(_ seconds: Int) -> Timestamp {
        Timestamp(secondsSinceEpoch: HandTime.start.secondsSinceEpoch + seconds)
    }

    private func intent(_ name: String, _ holder: Int, until end: Int?) throws -> Record {
        try Sample.intent(name, by: Sample.holder(holder)).leased(until: end.map(later))
    }

    @Test func `it holds until a fifth of a lease after what its intent says`() throws {
        let records = [try intent("uat", 1, until: 600)]
        let held = Lease.leases(among: records, at: later(719), length: length)
        #expect(held.map(\.end) == [later(720)])
        #expect(Lease.leases(among: records, at: later(720), length: length).isEmpty)
    }

    @Test func `one without an end, and a settled record, hold nothing`() throws {
        let records = [try intent("uat", 1, until: nil), try Sample.settled("prod")]
        #expect(Lease.leases(among: records, at: later(0), length: length).isEmpty)
    }

    @Test func `a holder's environments are told together, with the latest end`() throws {
        let records = [
            try intent("a", 1, until: 600), try intent("b", 2, until: 700),
            try intent("c", 1, until: 650),
        ]
        let leases = Lease.leases(among: records, at: later(0), length: length)
        #expect(leases.map { $0.environments.map(\.text) } == [["a", "c"], ["b"]])
        #expect(leases.map(\.end) == [later(770), later(820)])
    }

    @Test func `its message names the environments, the holder and the lock's id`() throws {
        let lease = try #require(
            Lease.leases(among: [intent("uat", 1, until: 600)], at: later(0), length: length).first)
        #expect(
            "\(lease)" == "uat: locked by build-1 pid 4711 since 2026-11-18T11:06:40Z, "
                + "lock id 00000000-0000-4000-8000-000000000001")
    }
}
