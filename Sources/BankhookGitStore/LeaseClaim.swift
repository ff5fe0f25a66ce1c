internal import BankhookModel
internal import BankhookState
internal import SystemCalls

/// What a run wants for itself on the branch: environments, and the accounts behind them.
///
/// A lease knows names only. The same account may be declared under another name, by another
/// configuration or in a roll-out that renames it: its live intent is somebody else's hold on it all the
/// same, for two requests to one account at once leave nobody knowing which one counts.
struct LeaseClaim {
    private let names: [EnvironmentName]
    private let session: BranchSession
    private var search: AccountSearch
    /// git's ids of records that are nobody's intent: however often the branch moves, they are read
    /// once.
    private var quiet: Set<String> = []

    init(
        _ names: [EnvironmentName], accounts: [EnvironmentName: Account] = [:],
        by session: BranchSession
    ) {
        self.names = names
        self.session = session
        search = AccountSearch(accounts, declared: session.declared)
    }

    /// Throws where somebody else's lease holds one of them at this tip.
    mutating func requireFree(at tip: BranchTip) throws(StateError) {
        let reader = session.reader(of: tip)
        var records = [Record]()
        for name in names {
            if let found = try reader.read(name) { records.append(found.decoded.record) }
        }
        if let lease = leases(among: records).first { throw .leased(lease) }
        if let lease = sharing(at: tip).first { throw .leased(lease) }
    }

    /// Other runs' leases on the accounts, under other names.
    mutating func sharing(at tip: BranchTip) -> [Lease] {
        guard !search.isEmpty else { return [] }
        var found = [Lease]()
        for record in intents(at: tip, session.reader(of: tip)) {
            guard var lease = leases(among: [record]).first,
                let name = search.environment(of: record)
            else { continue }
            lease.sharing = name
            found.append(lease)
        }
        return found
    }

    /// Of other runs, as they are now.
    private func leases(among records: [Record]) -> [Lease] {
        Lease.leases(among: records, at: session.time.now(), length: session.branch.lease)
            .filter { $0.holder.id != session.holder.id }
    }

    /// The records with an intent under other names. One that cannot be read is no intent of anybody.
    private mutating func intents(at tip: BranchTip, _ reader: RecordReader) -> [Record] {
        let wanted = Set(names)
        var found = [Record]()
        for (file, content) in tip.files.files.sorted(by: { $0.key < $1.key }) {
            if let id = content.id, quiet.contains(id) { continue }
            guard let name = EnvironmentName(record: file), !wanted.contains(name) else { continue }
            let record = try? reader.read(name)?.decoded.record
            if let record, record.pending?.expiresAt != nil {
                found.append(record)
            } else if let id = content.id {
                quiet.insert(id)
            }
        }
        return found
    }
}
