import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport

extension BranchOracle {
    /// The branch has moved: by one commit on top, and with every record in its order.
    func moved(from old: SharedBranch.Commit?, to new: SharedBranch.Commit) {
        world.note("branch: \(new.id) \(new.text.prefix { $0 != "\n" })")
        if new.parent != old?.id { world.violate("\(new.id) is not on top of the tip") }
        let before = old?.files.files ?? [:]
        let files = Set(new.files.files.keys).union(before.keys).sorted()
        for file in files where file.hasSuffix(".json") {
            guard before[file] != new.files.files[file] else { continue }
            judge(file, from: record(in: old, file), to: record(in: new, file), new)
        }
    }

    private func judge(
        _ file: String, from old: Record?, to new: Record?, _ commit: SharedBranch.Commit
    ) {
        guard let name = EnvironmentName(String(file.dropLast(5))) else {
            return world.violate("A: \(file) is on the branch")
        }
        checkChain(name, new)
        count(old?.pending, new?.pending, commit)
        checkTurn(name, from: old, to: new)
        if let pending = old?.pending, let new, new.pending == nil, let old,
            new.applied != nil, new.serial == (old.serial) + 1
        {
            update { memory in
                _ = memory.recorded.insert(Claim(lock: pending.holder.id, name: name))
            }
        }
        checkServer(name)
    }

    /// Settled versions are one apart, and none is left out or comes back.
    private func checkChain(_ name: EnvironmentName, _ new: Record?) {
        let last = memory.settled[name]
        guard let new, new.applied != nil else {
            if last != nil { world.violate("\(name): its record was lost") }
            return
        }
        let settled = Record(
            environment: name, lineage: new.lineage, serial: new.serial, previous: new.previous,
            applied: new.applied, pending: nil)
        guard settled != last else { return }
        let isNext =
            new.pending == nil && settled.serial == (last?.serial ?? 0) + 1
            && settled.previous == last.map(RecordCodec.checksum)
        if !isNext { world.violate("\(name): serial \(new.serial) after \(last?.serial ?? 0)") }
        update { $0.settled[name] = settled }
    }

    /// Whose turn it is: an intent gives way to another run's only when its lease has ended, and what
    /// was unknown stays so.
    private func checkTurn(_ name: EnvironmentName, from old: Record?, to new: Record?) {
        guard let before = old?.pending, let after = new?.pending,
            before.holder.id != after.holder.id
        else { return }
        let memory = memory
        if let expiry = before.expiresAt, !memory.tainted.contains(name) {
            let error = memory.clockErrors[before.holder.id, default: 0]
            let trueEnd = expiry.secondsSinceEpoch - error
            if world.time.now.secondsSinceEpoch < trueEnd,
                // Putting back what stood there before is no taking over.
                after.holder.startedAt > before.holder.startedAt
            {
                world.violate("\(name): taken over before its lease has ended")
            }
        }
    }

    private func count(
        _ old: Record.Pending?, _ new: Record.Pending?, _ commit: SharedBranch.Commit
    ) {
        guard let old else { return }
        guard let new else {
            if commit.text.contains("recorded late") { world.hit(.keptPushedLate) }
            if commit.text.contains("taken back") { world.hit(.takenBack) }
            return
        }
        if old.holder.id != new.holder.id, old.expiresAt != nil { world.hit(.leaseEnded) }
        guard old.holder.id == new.holder.id, let expiry = old.expiresAt else { return }
        guard let next = new.expiresAt else {
            if commit.text.contains("in doubt") { world.hit(.leaseGivenBack) }
            return
        }
        if next > expiry { world.hit(.renewal) }
    }
}
