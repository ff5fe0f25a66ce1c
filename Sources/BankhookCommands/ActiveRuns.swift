internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import SystemCalls

/// Who applies at this moment: what is recorded is about to change.
struct ActiveRuns {
    private let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// A warning for each; nothing is locked to find out.
    func warnings(among records: [Record], at moment: Timestamp) -> [PlanWarning] {
        guard let branch = configuration.stateBranch else {
            return lockFileWarnings(DirectoryStore(path: configuration.stateDirectory.path))
        }
        return Lease.leases(among: records, at: moment, length: branch.lease).map { lease in
            PlanWarning(
                .beingApplied, nil,
                "\(lease.shownEnvironments): being applied by \(lease.holder), lock id "
                    + "\(lease.holder.id), which ends at \(lease.end) unless it is renewed")
        }
    }

    private func lockFileWarnings(_ store: DirectoryStore) -> [PlanWarning] {
        guard let holder = store.holder() else { return [] }
        if holder.host == ProcessIdentity.host {
            guard ProcessIdentity.isRunning(holder.process) else { return [] }
            return [PlanWarning(.beingApplied, nil, "being applied by \(holder)")]
        }
        return [
            PlanWarning(
                .beingApplied, nil,
                "being applied by \(holder); cannot tell whether it still runs")
        ]
    }
}
