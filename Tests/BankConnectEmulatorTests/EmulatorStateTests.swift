import FoundationEssentials
import HTTPTypes
import Testing

@testable import BankConnectEmulator

@Suite struct EmulatorStateTests {
    private let date = Date(timeIntervalSince1970: 1_800_000_000)

    private func record(_ path: String) -> RequestRecord {
        RequestRecord(
            at: date, method: "POST", path: path, account: nil, body: nil, status: nil)
    }

    private func fault(_ path: String, times: Int, status: Int) -> Fault {
        Fault(
            path: path, times: times, status: status, delayMilliseconds: nil, headers: [:],
            body: nil, reset: nil)
    }

    @Test func `calls stay in the order of arrival whatever the order of the answers`() {
        let state = EmulatorState()
        let first = state.arrived(record("/a"), change: nil).id
        let second = state.arrived(record("/b"), change: nil).id
        _ = state.answered(second, status: 200)
        #expect(state.requests.map(\.status) == [nil, 200])
        #expect(state.answered(first, status: 500).path == "/a")
        #expect(state.requests.map(\.path) == ["/a", "/b"])
        #expect(state.requests.map(\.status) == [500, 200])
    }

    @Test func `a fault is met by calls to its path until it is used up`() {
        let state = EmulatorState()
        state.faults = [
            fault("/a", times: 1, status: 500), fault("/b", times: 1, status: 501),
            fault("/a", times: 2, status: 502),
        ]
        let met = ["/a", "/a/", "/a", "/A", "/a", "/a", "/b"].map { path in
            state.arrived(record(path), change: nil).fault?.status
        }
        #expect(met == [500, nil, 502, nil, 502, nil, 501])
        #expect(state.faults.isEmpty)
    }

    @Test func `an update replaces the registration of its account and flow alone`() throws {
        let state = EmulatorState()
        let other = try EmulatorAccount(parsing: "key:hash")
        func register(_ account: EmulatorAccount, _ flow: Flow, _ url: String, _ mode: Int) {
            let registration = Registration(webhookURL: url, webhookMode: mode, updatedAt: date)
            let change = RegistrationChange(
                account: account, flow: flow, registration: registration)
            _ = state.arrived(record(flow.updatePath), change: change)
        }
        register(.demo, .session, "https://a.example", 3)
        register(other, .entity, "https://b.example", 1)
        register(.demo, .entity, "https://c.example", 1)
        register(.demo, .entity, "https://d.example", 0)
        let seen = state.registrations.map { account, flow, registration in
            "\(account) \(flow) \(registration.webhookURL) \(registration.webhookMode)"
        }
        #expect(
            seen == [
                "\(other.name) entity https://b.example 1", "demo entity https://d.example 0",
                "demo session https://a.example 3",
            ])
    }
}
