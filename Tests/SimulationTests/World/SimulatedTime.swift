import BankhookApply
import BankhookModel
import Synchronization

/// A clock that moves when there is nothing else to do: to the moment at which the next sleeper wakes.
final class SimulatedTime: Sendable {
    private struct Sleeper {
        let id: Int
        let end: Duration
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var elapsed = Duration.zero
        /// How wrong the wall clock is, in seconds.
        var error = 0
        var sleepers: [Sleeper] = []
        var nextID = 0
    }

    private let chance: Chance
    private let state = Mutex(State())

    init(chance: Chance) {
        self.chance = chance
    }

    var elapsed: Duration {
        get { state.withLock { $0.elapsed } }
        set { state.withLock { $0.elapsed = newValue } }
    }

    var now: Timestamp {
        state.withLock { state in
            Timestamp(
                secondsSinceEpoch: 1_795_000_000 + Int(state.elapsed / .seconds(1)) + state.error)
        }
    }

    var applyTime: RunTime {
        RunTime(
            now: { self.now }, elapsed: { self.elapsed }, pause: { await self.sleep($0) },
            random: { $0 * self.chance.below(1_001) / 1_000 })
    }

    func pass(_ duration: Duration) {
        state.withLock { $0.elapsed += duration }
    }

    /// Sets the wall clock wrong by so many seconds.
    func setWrong(by seconds: Int) {
        state.withLock { $0.error = seconds }
    }

    /// Ends early when the task is cancelled.
    func sleep(_ duration: Duration) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !Task.isCancelled else { return true }
                    let end = state.elapsed + duration
                    state.sleepers.append(Sleeper(id: id, end: end, continuation: continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wake { $0.id == id }
        }
    }

    /// Goes to the end of the shortest sleep. False when nobody sleeps.
    func advance() -> Bool {
        let end = state.withLock { state in
            let end = state.sleepers.map(\.end).min()
            state.elapsed = max(state.elapsed, end ?? state.elapsed)
            return end
        }
        guard let end else { return false }
        wake { $0.end <= end }
        return true
    }

    private func wake(_ isOver: (Sleeper) -> Bool) {
        let woken = state.withLock { state in
            let woken = state.sleepers.filter(isOver)
            state.sleepers.removeAll(where: isOver)
            return woken
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}
