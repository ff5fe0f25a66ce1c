internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import SystemCalls

/// Who applies at this moment: what is recorded is about to change.
struct ActiveRuns {
    private let configuration: Configuration
    private let desired: DesiredState

    init(_ configuration: Configuration, _ desired: DesiredState) {
        self.configuration = configuration
        self.desired = desired
    }

    /// A warning for each; nothing is locked to find out.
    func warnings(among records: [Record], at moment: Timestamp) -> [PlanWarning] {
        guard let branch = configuration.stateBranch else {
            return lockFileWarnings
        }
        let leases = Lease.leases(among: records, at: moment, length: branch.lease)
        let others = leases.isEmpty ? [:] : otherNames(among: records)
        return leases.map { lease in
            let shared = lease.environments.compactMap { name in
                others[name].map { "; '\(name)' is the account of '\($0)' under another name" }
            }
            return PlanWarning(
                .beingApplied, nil,
                "\(lease.shownEnvironments): being applied by \(lease.holder), lock id "
                    + "\(lease.holder.id), which ends at \(lease.end) unless it is renewed"
                    + shared.prefix(3).joined())
        }
    }

    /// The declared environments whose accounts intents are of that are called otherwise.
    private func otherNames(among records: [Record]) -> [EnvironmentName: EnvironmentName] {
        var search = AccountSearch(desired.accounts)
        let declared = Set(desired.environments.map(\.name))
        var names = [EnvironmentName: EnvironmentName]()
        for record in records
        where record.pending?.expiresAt != nil && !declared.contains(record.environment) {
            names[record.environment] = search.environment(of: record)
        }
        return names
    }

    /// Who holds the lock of the directory, unless that process is known to have ended.
    var lockHolder: LockHolder? {
        guard configuration.stateBranch == nil else { return nil }
        let store = DirectoryStore(path: configuration.stateDirectory.path)
        guard let holder = store.holder() else { return nil }
        let isDead =
            holder.host == ProcessIdentity.host && !ProcessIdentity.isRunning(holder.process)
        return isDead ? nil : holder
    }

    /// The environments that requests may be under way of: a lease holds them, or one of those that
    /// held the lock of the directory.
    func underWay(among records: [Record], at moment: Timestamp, holders: [LockHolder])
        -> Set<EnvironmentName>
    {
        if let branch = configuration.stateBranch {
            return Set(
                Lease.leases(among: records, at: moment, length: branch.lease)
                    .flatMap(\.environments))
        }
        let ids = Set(holders.map(\.id))
        return Set(
            records.filter { $0.pending.map { ids.contains($0.holder.id) } ?? false }
                .map(\.environment))
    }

    private var lockFileWarnings: [PlanWarning] {
        guard let holder = lockHolder else { return [] }
        if holder.host == ProcessIdentity.host {
            return [PlanWarning(.beingApplied, nil, "being applied by \(holder)")]
        }
        return [
            PlanWarning(
                .beingApplied, nil,
                "being applied by \(holder); cannot tell whether it still runs")
        ]
    }
}
