import BankhookModel
import Synchronization

/// A clock that only a test moves. Short pauses are over at once; long ones, in which a lease would
/// be renewed, end when the test says so, or with their task.
final class HandTime: Sendable {
    private struct Sleeper {
        let duration: Duration
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var elapsed = Duration.zero
        var wallError = 0
        var sleepers: [Int: Sleeper] = [:]
        var nextID = 0
    }

    static let start = Timestamp(secondsSinceEpoch: 1_795_000_000)
    private static let longest = Duration.seconds(5)
    private let state = Mutex(State())
    private let asleep: AsyncStream<Void>
    private let fallAsleep: AsyncStream<Void>.Continuation

    init() {
        (asleep, fallAsleep) = AsyncStream.makeStream()
    }

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var now: Timestamp {
        state.withLock { state in
            Timestamp(
                secondsSinceEpoch: HandTime.start.secondsSinceEpoch
                    + Int(state.elapsed / .seconds(1)) + state.wallError)
        }
    }

    var runTime: RunTime {
        RunTime(
            now: { self.now }, elapsed: { self.elapsed }, pause: { await self.pause($0) },
            random: { $0 })
    }

    func advance(by seconds: Int) {
        state.withLock { $0.elapsed += .seconds(seconds) }
    }

    func moveWallClock(by seconds: Int) {
        state.withLock { $0.wallError += seconds }
    }

    /// Returns when somebody begins a long pause, or has begun one that nobody was told of.
    func untilAsleep() async {
        for await _ in asleep { return }
    }

    /// Lets the long pauses be over, and their time go by.
    func wake() {
        let sleepers = state.withLock { state in
            defer { state.sleepers = [:] }
            state.elapsed += state.sleepers.values.map(\.duration).max() ?? .zero
            return state.sleepers.values
        }
        for sleeper in sleepers { sleeper.continuation.resume() }
    }

    private func pause(_ duration: Duration) async {
        guard duration >= HandTime.longest else { return await Task.yield() }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.sleepers[id] = Sleeper(duration: duration, continuation: continuation)
                    return false
                }
                if isOver { continuation.resume() } else { fallAsleep.yield() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume()
        }
    }
}
