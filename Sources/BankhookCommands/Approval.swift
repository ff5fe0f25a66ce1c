internal import Synchronization

/// What was shown of an apply, and whether somebody approved it. A plan that is made anew because the
/// records changed is shown again, and asked for again, only where it is another one.
final class Approval: Sendable {
    private struct State {
        var shown: String?
        var approved: String?
    }

    private let isGiven: Bool
    private let state = Mutex(State())

    /// `isGiven`: whatever the plan is.
    init(isGiven: Bool) {
        self.isGiven = isGiven
    }

    /// Whether a plan was not the last one shown, which it is from now on.
    func isNew(_ plan: String) -> Bool {
        state.withLock { state in
            defer { state.shown = plan }
            return state.shown != plan
        }
    }

    func covers(_ plan: String) -> Bool {
        isGiven || state.withLock { $0.approved == plan }
    }

    func give(for plan: String) {
        state.withLock { $0.approved = plan }
    }
}
