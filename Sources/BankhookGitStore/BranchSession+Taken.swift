internal import BankhookModel
internal import BankhookState

extension BranchSession {
    /// Of a run's open environments those whose accounts others have taken under other names since its
    /// lease ended, and who: unlike the names, nothing in its own records tells of that.
    ///
    /// As long as a lease lasts, nobody begins beside it, and nothing has to be looked for.
    func taken(
        _ open: Set<EnvironmentName>, of accounts: [EnvironmentName: Account],
        under lease: LeaseClock?, at tip: BranchTip
    ) -> [(EnvironmentName, LockHolder)] {
        guard !open.isEmpty, let lease, lease.isOver(at: time.now(), elapsed: time.elapsed())
        else { return [] }
        var claim = LeaseClaim(Array(accounts.keys), accounts: accounts, by: self)
        return claim.sharing(at: tip).flatMap { other in
            open.filter { name in
                other.sharing.map { accounts[$0] == accounts[name] } ?? false
            }.map { ($0, other.holder) }
        }
    }
}
