internal import BankhookModel
internal import BankhookState

extension BranchSession {
    /// What a run's tasks share.
    struct State {
        /// Environments whose intent is this run's and that have no outcome yet.
        var open: Set<EnvironmentName> = []
        /// All of this run's intents, as they were written but for their leases.
        var intents: [EnvironmentName: Record] = [:]
        /// Those that stay in doubt: their lease is to end.
        var doubtful: Set<EnvironmentName> = []
        /// Those whose intent is on the branch no more, or without its lease.
        var lost: [EnvironmentName: BranchError] = [:]
        var waiting: [Ticket] = []
        var isPushing = false
        var lease: LeaseClock?
        /// What the intents' requests go to.
        var accounts: [EnvironmentName: Account] = [:]
        /// A commit of the branch that has the intents.
        var base: String?
        /// A commit in the clone with outcomes that still wait, because its push failed.
        var kept: String?
        /// What was last shown of an environment: nothing else is replaced or removed.
        var shown: [EnvironmentName: [UInt8]?] = [:]

        /// Whether there is no reason to wait for more before the next push.
        var isDue: Bool {
            if open.isEmpty { return !(waiting.isEmpty && doubtful.isEmpty) }
            return waiting.contains(where: \.isRenewal)
        }
    }
}
