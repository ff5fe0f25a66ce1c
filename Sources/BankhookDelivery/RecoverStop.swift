internal import Synchronization

/// Why nothing more is sent at all; whoever says so first is remembered.
final class RecoverStop: Sendable {
    private let state = Mutex<Recovery.Reason?>(nil)

    /// Nil while the run goes on.
    var reason: Recovery.Reason? { state.withLock { $0 } }

    /// Ends the run, unless it was ended before.
    func request(_ reason: Recovery.Reason) {
        state.withLock { $0 = $0 ?? reason }
    }
}
