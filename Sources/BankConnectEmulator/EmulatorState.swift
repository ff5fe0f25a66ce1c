import FoundationEssentials
import Synchronization

/// All that the emulator remembers: registrations, calls and faults.
final class EmulatorState: Sendable {
    /// Identifies a recorded call until its answer is known.
    struct RecordID: Sendable {
        fileprivate let index: Int
    }

    private struct Slot: Hashable {
        let account: EmulatorAccount
        let flow: Flow
    }

    private struct Contents {
        var registrations: [Slot: Registration] = [:]
        var requests: [RequestRecord] = []
        var faults: [Fault] = []

        mutating func takeFault(for path: String) -> Fault? {
            guard let index = faults.firstIndex(where: { $0.path == path }) else { return nil }
            faults[index].times -= 1
            return faults[index].times == 0 ? faults.remove(at: index) : faults[index]
        }
    }

    private let contents = Mutex(Contents())

    /// Lists a call, uses up one time of the first fault that is meant for it, and makes the
    /// change that it asks for unless the fault prevents that.
    ///
    /// One step, so that calls change registrations and meet faults in the order of the list.
    func arrived(
        _ record: RequestRecord, change: RegistrationChange?
    ) -> (id: RecordID, fault: Fault?) {
        contents.withLock { contents in
            contents.requests.append(record)
            let fault = contents.takeFault(for: record.path)
            if let change, fault?.letsChangeHappen ?? true {
                let slot = Slot(account: change.account, flow: change.flow)
                contents.registrations[slot] = change.registration
            }
            return (RecordID(index: contents.requests.endIndex - 1), fault)
        }
    }

    /// Notes what a call is answered and returns its whole record.
    func answered(_ id: RecordID, status: Int?) -> RequestRecord {
        contents.withLock { contents in
            contents.requests[id.index].status = status
            return contents.requests[id.index]
        }
    }

    /// The calls in order of arrival.
    var requests: [RequestRecord] { contents.withLock(\.requests) }

    /// The registrations by name of the account, then by flow.
    var registrations: [(account: String, flow: Flow, registration: Registration)] {
        contents.withLock(\.registrations)
            .map { ($0.key.account.name, $0.key.flow, $0.value) }
            .sorted { ($0.account, $0.flow.rawValue) < ($1.account, $1.flow.rawValue) }
    }

    /// The faults that still have calls to disturb.
    var faults: [Fault] {
        get { contents.withLock(\.faults) }
        set { contents.withLock { $0.faults = newValue } }
    }
}
