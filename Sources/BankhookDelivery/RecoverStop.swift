internal import Synchronization

/// Why nothing more is sent at all; whoever says so first is remembered.
final class RecoverStop: Sendable {
    private let state = Mutex<Recovery.Reason?>(nil)

    var reason: Recovery.Reason? { state.withLock { $0 } }

    func request(_ reason: Recovery.Reason) {
        state.withLock { $0 = $0 ?? reason }
    }
}
