import Synchronization

/// A door that is opened once; whoever waits at it, now or later, then goes through.
///
/// It lets a test and a server meet without a sleep: the server waits at the gate while the test
/// looks at what it wants to see, and then opens.
package final class Gate: Sendable {
    private typealias Waiter = @Sendable (Result<Void, any Error>) -> Void

    private struct State {
        var isOpen = false
        var waiters: [Int: Waiter] = [:]
        var nextID = 0

        mutating func makeID() -> Int {
            defer { nextID += 1 }
            return nextID
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// Whether it was opened.
    package var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Lets everyone through, from now on; a second call does nothing.
    package func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter(.success(())) }
    }

    /// Returns once the gate is open; throws `CancellationError` when the task is cancelled first.
    package func wait() async throws {
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                admit(id) { continuation.resume(with: $0) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?(.failure(CancellationError()))
        }
    }

    /// Runs `action` once the gate is open: at once, on this thread, where it is already.
    ///
    /// For code on an event loop, which must not wait.
    package func whenOpen(_ action: @escaping @Sendable () -> Void) {
        let isOpen = state.withLock { state in
            if !state.isOpen { state.waiters[state.makeID()] = { _ in action() } }
            return state.isOpen
        }
        if isOpen { action() }
    }

    private func admit(_ id: Int, _ waiter: @escaping Waiter) {
        let verdict: Result<Void, any Error>? = state.withLock { state in
            if state.isOpen { return .success(()) }
            // The cancellation handler may have run before there was a waiter to find.
            if Task.isCancelled { return .failure(CancellationError()) }
            state.waiters[id] = waiter
            return nil
        }
        if let verdict { waiter(verdict) }
    }
}
