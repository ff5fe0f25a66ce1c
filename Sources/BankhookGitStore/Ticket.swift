internal import BankhookModel
internal import BankhookState
internal import Synchronization

/// A wish that waits for its answer, which comes once.
final class Ticket: Sendable {
    typealias Answer = Result<Void, StateError>

    private enum State {
        case open
        case awaited(CheckedContinuation<Answer, Never>)
        case answered(Answer)
    }

    let wish: BranchWish
    private let state = Mutex(State.open)

    init(_ wish: BranchWish) {
        self.wish = wish
    }

    func answer(_ answer: Answer) {
        let continuation = state.withLock { state -> CheckedContinuation<Answer, Never>? in
            defer { state = .answered(answer) }
            if case .awaited(let continuation) = state { return continuation }
            return nil
        }
        continuation?.resume(returning: answer)
    }

    /// Waits for the answer; one caller only.
    func value() async -> Answer {
        await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Answer? in
                if case .answered(let answer) = state { return answer }
                state = .awaited(continuation)
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    var isRenewal: Bool {
        if case .renewal = wish { true } else { false }
    }

    /// The environment whose outcome it is.
    var outcomeName: EnvironmentName? {
        if case .outcome(let name, _) = wish { name } else { nil }
    }

    /// The records that are replaced though no intent of this run stands in them: nobody else's may.
    var replacedNames: [EnvironmentName] {
        switch wish {
        case .replacement(let name, _, _): [name]
        case .relocation(let old, let new): [old.name, new.name]
        case .renewal, .outcome, .restoration: []
        }
    }
}
