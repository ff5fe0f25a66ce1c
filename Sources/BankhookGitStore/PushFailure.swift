package import BankhookState

/// Why a push did not tell that it arrived.
package struct PushFailure: Error, Sendable {
    /// Whether somebody else was faster, as far as git's words tell.
    package let isLostRace: Bool
    package let error: BranchError

    package init(_ error: BranchError, isLostRace: Bool) {
        self.error = error
        self.isLostRace = isLostRace
    }
}
