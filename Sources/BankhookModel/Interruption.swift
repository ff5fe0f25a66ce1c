internal import Synchronization

/// A request to start nothing new, which comes once and stays.
package final class Interruption: Sendable {
    private struct State {
        var signal: Int32?
        var requestedAt: ContinuousClock.Instant?
        var nextID = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package var isRequested: Bool { signal != nil }

    /// The number of the signal that asked for it.
    package var signal: Int32? {
        state.withLock { $0.signal }
    }

    /// When it was asked for.
    package var requestedAt: ContinuousClock.Instant? {
        state.withLock { $0.requestedAt }
    }

    /// Asks for it; whoever asks first is remembered.
    package func request(signal: Int32) {
        let waiters = state.withLock { state in
            state.signal = state.signal ?? signal
            state.requestedAt = state.requestedAt ?? .now
            defer { state.waiters = [:] }
            return state.waiters.sorted { $0.key < $1.key }.map(\.value)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when it has been requested, or when the task is cancelled.
    package func wait() async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.signal != nil || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
