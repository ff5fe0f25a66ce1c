import BankhookDelivery
import BankhookModel
import Synchronization

/// What a recovery told while it went on.
final class Recorder: Sendable {
    private let events = Mutex<[RecoverRun.Event]>([])

    func add(_ event: RecoverRun.Event) {
        events.withLock { $0.append(event) }
    }

    var recoveries: [Recovery] {
        events.withLock { $0 }.compactMap { event in
            if case .recovery(let recovery) = event { recovery } else { nil }
        }
    }

    var unknown: [BankConnectID] {
        events.withLock { $0 }.compactMap { event in
            if case .unknown(let link, _) = event { link } else { nil }
        }
    }

    func outcomes(of link: String) -> [Recovery.Outcome] {
        recoveries.filter { $0.link.text == link }.map(\.outcome)
    }
}
