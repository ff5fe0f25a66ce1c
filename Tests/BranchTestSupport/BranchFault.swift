package import BankhookState

/// What goes wrong in one operation.
package enum BranchFault: Sendable {
    /// It fails, and nothing happened.
    case fails(BranchError)
    /// It happens, and its answer is lost.
    case answerLost(BranchError)
    /// A push that was given up arrives at the remote later, when `SharedBranch.deliver` is called.
    case late(BranchError)
}
