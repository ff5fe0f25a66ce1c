internal import Synchronization

/// A number of slots that environments hold for a while, handed out in the order of their numbers.
///
/// Numbers start at 0, and each is used once. One that waits is passed by nobody; one that leaves
/// before its turn is skipped.
package final class OrderedSlots: Sendable {
    private struct State {
        var free: Int
        /// Whose turn is next.
        var next = 0
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
        var holding: Set<Int> = []
        /// Who left before the turn came.
        var gone: Set<Int> = []
        var isClosed = false

        mutating func giveUp(_ number: Int) -> Answers {
            if number >= next { gone.insert(number) }
            return waiting.removeValue(forKey: number).map { [($0, false)] } ?? []
        }
    }

    private let state: Mutex<State>

    package init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Waits for a slot. False, without one, when the slots are closed or the task is cancelled.
    package func take(_ number: Int) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                change { state in
                    guard !state.isClosed, !Task.isCancelled, number >= state.next,
                        !state.gone.contains(number)
                    else { return [(continuation, false)] }
                    state.waiting[number] = continuation
                    return []
                }
            }
        } onCancel: {
            change { $0.giveUp(number) }
        }
    }

    /// Gives the slot back, or the wish for one up. Does nothing the second time.
    package func leave(_ number: Int) {
        change { state in
            guard state.holding.remove(number) != nil else { return state.giveUp(number) }
            state.free += 1
            return []
        }
    }

    /// Lets nobody wait any more, and gives out no slot again.
    package func close() {
        change { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting.sorted { $0.key < $1.key }.map { ($0.value, false) }
        }
    }

    private typealias Answers = [(CheckedContinuation<Bool, Never>, Bool)]

    /// Changes the state, hands out what that made free, and tells everybody outside the lock.
    private func change(_ body: (inout sending State) -> Answers) {
        let answers = state.withLock { state in
            var answers = body(&state)
            while true {
                if state.gone.remove(state.next) != nil {
                    state.next += 1
                } else if state.free > 0,
                    let continuation = state.waiting.removeValue(forKey: state.next)
                {
                    state.free -= 1
                    state.holding.insert(state.next)
                    state.next += 1
                    answers.append((continuation, true))
                } else {
                    return answers
                }
            }
        }
        for (continuation, isTaken) in answers { continuation.resume(returning: isTaken) }
    }
}
