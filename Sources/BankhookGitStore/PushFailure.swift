package import BankhookState

/// Why a push did not tell that it arrived.
package struct PushFailure: Error, Sendable {
    /// What git's words say; what the branch holds decides.
    package enum Kind: Sendable {
        /// Somebody else was faster: on top of what they pushed it may go through.
        case lostRace
        /// The remote was not reached, or gave no answer: later it may.
        case unreachable
        /// The remote does not want it: it would not want it again either.
        case refused
    }

    package let kind: Kind
    package let error: BranchError

    package init(_ kind: Kind, _ error: BranchError) {
        self.kind = kind
        self.error = error
    }
}
