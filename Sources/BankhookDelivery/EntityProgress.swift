/// How far all statements of an entity are.
package struct EntityProgress: Sendable {
    package let statements: [StatementProgress]

    /// What they come to together.
    package enum State: Equatable, Sendable {
        case completed, failed, processing
        /// Nothing is listed: nothing says that anything is done.
        case nothingListed
    }

    /// Something is listed, and nothing of it goes on.
    package var isSettled: Bool {
        !statements.isEmpty && statements.allSatisfy { $0.status != .processing }
    }

    /// One that failed stays failed, whatever the others come to.
    package var state: State {
        if statements.isEmpty { return .nothingListed }
        if statements.contains(where: { $0.status == .failed }) { return .failed }
        return isSettled ? .completed : .processing
    }
}
