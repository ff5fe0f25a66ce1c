import BankhookModel
import Synchronization

/// A clock that only pauses move, and that remembers them.
final class ManualTime: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var pauses: [Duration] = []
    }

    private let state = Mutex(State())

    var pauses: [Duration] { state.withLock { $0.pauses } }
    var elapsed: Duration { state.withLock { $0.elapsed } }

    /// Every random time is the longest one.
    var runTime: RunTime {
        RunTime(
            now: {
                Timestamp(secondsSinceEpoch: 1_795_000_000 + Int(self.elapsed / .seconds(1)))
            },
            elapsed: { self.elapsed },
            pause: { duration in
                self.state.withLock { state in
                    state.elapsed += duration
                    state.pauses.append(duration)
                }
            },
            random: { $0 })
    }
}
