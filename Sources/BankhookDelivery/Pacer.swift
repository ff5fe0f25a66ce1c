internal import BankhookModel
internal import Synchronization

/// Spaces deliveries evenly: no two begin closer together than the interval, and time that nobody
/// used is not made up for.
package final class Pacer: Sendable {
    private let interval: Duration
    private let next = Mutex(Duration.zero)

    /// `interval` may be zero, which spaces nothing.
    package init(interval: Duration) {
        self.interval = interval
    }

    /// Waits for a turn; false where the run is to end meanwhile.
    func takeTurn(_ patience: Patience) async -> Bool {
        guard interval > .zero else { return true }
        while true {
            let now = patience.time.elapsed()
            let wait = next.withLock { next -> Duration in
                guard now < next else {
                    next = now + interval
                    return .zero
                }
                return next - now
            }
            guard wait > .zero else { return true }
            guard await patience.pause(wait) else { return false }
        }
    }
}
