import FoundationEssentials
import Synchronization

/// All that the emulator remembers: registrations, calls, extractions, deliveries and faults.
final class EmulatorState: Sendable {
    /// Identifies a recorded call until its answer is known.
    struct RecordID: Sendable {
        fileprivate let number: Int
        fileprivate let record: RequestRecord
    }

    private struct Slot: Hashable {
        let account: EmulatorAccount
        let flow: Flow
    }

    private struct Contents {
        var registrations: [Slot: Registration] = [:]
        var requests = RecentList<RequestRecord>()
        var deliveries = RecentList<DeliveryRecord>()
        var extractions = Extractions()
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
            let number = contents.requests.append(record, weight: record.weight)
            let fault = contents.takeFault(for: record.path)
            if let change, fault?.letsChangeHappen ?? true {
                let slot = Slot(account: change.account, flow: change.flow)
                contents.registrations[slot] = change.registration
            }
            return (RecordID(number: number, record: record), fault)
        }
    }

    /// Notes what a call is answered and returns its whole record.
    func answered(_ id: RecordID, status: Int?) -> RequestRecord {
        var record = id.record
        record.status = status
        contents.withLock { [record] in $0.requests[id.number] = record }
        return record
    }

    /// Lets an event happen at an account, of the flow that it names, else of the one that the
    /// account has registered: the entity flow where it has both or none.
    func happen(
        _ event: ExtractionEvent, account: EmulatorAccount, at date: Date,
        makeID: () -> String
    ) -> Extraction {
        contents.withLock { contents in
            let entity = contents.registrations[Slot(account: account, flow: .entity)]
            let session = contents.registrations[Slot(account: account, flow: .session)]
            let flow = event.flow ?? (entity == nil && session != nil ? .session : .entity)
            return contents.extractions.happen(
                event, account: account, flow: flow,
                registration: flow == .entity ? entity : session, at: date, makeID: makeID)
        }
    }

    /// Lists a delivery that has ended.
    func delivered(_ record: DeliveryRecord) {
        contents.withLock {
            _ = $0.deliveries.append(record, weight: record.weight)
        }
    }

    /// The payloads of a link, newest first.
    func payloads(ofLink id: String, account: EmulatorAccount) -> [JSON] {
        contents.withLock { $0.extractions.payloads(ofLink: id, account: account) }
    }

    /// The statements of an entity in the order of their upload.
    func statements(ofEntity id: String, account: EmulatorAccount) -> [Statement] {
        contents.withLock { $0.extractions.statements(ofEntity: id, account: account) }
    }

    /// An account with a registration, by its name.
    func registered(_ name: String) -> EmulatorAccount? {
        contents.withLock { contents in
            contents.registrations.keys.lazy.map(\.account).first { $0.name == name }
        }
    }

    /// The calls in order of arrival.
    var requests: [RequestRecord] { contents.withLock(\.requests).all }

    /// The deliveries in the order in which they ended.
    var deliveries: [DeliveryRecord] { contents.withLock(\.deliveries).all }

    /// The newest calls and deliveries, and how many there ever were.
    func newest(
        _ count: Int
    ) -> (
        requests: [RequestRecord], deliveries: [DeliveryRecord], requestTotal: Int,
        deliveryTotal: Int
    ) {
        contents.withLock { contents in
            (
                contents.requests.newest(count), contents.deliveries.newest(count),
                contents.requests.total, contents.deliveries.total
            )
        }
    }

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
