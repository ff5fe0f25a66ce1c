internal import BankhookModel
internal import BankhookState
internal import Synchronization
internal import SystemCalls

/// Outcomes that runs kept in this clone because no push got through, or because they died before one
/// (specification, section 6).
struct UnpushedOutcomes {
    private let repository: any BranchRepository
    private let branch: StateBranch

    init(_ repository: any BranchRepository, of branch: StateBranch) {
        self.repository = repository
        self.branch = branch
    }

    /// Brings each to the branch as long as that still holds its intent, and forgets it then.
    func push(through pusher: BranchPusher) async throws(StateError) -> [RecoveredOutcome] {
        var fates = [RecoveredOutcome]()
        for kept in try await keptCommits() {
            fates += try await push(kept, through: pusher)
            do throws(BranchError) {
                try await repository.forget(kept.id)
            } catch {
                throw .branch(error)
            }
        }
        return fates
    }

    func keptCommits() async throws(StateError) -> [KeptCommit] {
        do throws(BranchError) {
            return try await repository.keptCommits()
        } catch {
            throw .branch(error)
        }
    }

    private func push(_ kept: KeptCommit, through pusher: BranchPusher)
        async throws(StateError) -> [RecoveredOutcome]
    {
        let outcomes = try outcomes(in: kept)
        var fates = [RecoveredOutcome]()
        try await pusher.push { tip throws(StateError) in
            var changes = [BranchChange]()
            fates = []
            let reader = RecordReader(path: GitStore.place(on: branch), files: tip.files)
            for outcome in outcomes {
                let now = try reader.read(outcome.name)
                if now?.bytes == outcome.bytes {
                    fates.append(RecoveredOutcome(outcome.name, .present))
                } else if now?.decoded.record.pending?.holder.id == outcome.lock {
                    fates.append(RecoveredOutcome(outcome.name, .pushed))
                    changes.append(
                        BranchChange(file: "\(outcome.name).json", bytes: outcome.bytes))
                } else {
                    fates.append(RecoveredOutcome(outcome.name, .superseded))
                }
            }
            let names = fates.filter { $0.fate == .pushed }.map(\.name)
            // The commit is in this clone already: another one need not be kept.
            return BranchPusher.Batch(
                changes, CommitText([("recorded late", names)], run: nil, revision: nil))
        }
        return fates
    }

    private struct Outcome {
        let name: EnvironmentName
        /// The id of the lock that its intent was.
        let lock: String
        let bytes: [UInt8]?
    }

    /// What a commit made of the intents in its parent; a renewed lease is no outcome.
    private func outcomes(in kept: KeptCommit) throws(StateError) -> [Outcome] {
        let place = GitStore.place(on: branch)
        let before = RecordReader(path: place, files: kept.before)
        let after = RecordReader(path: place, files: kept.after)
        var outcomes = [Outcome]()
        for (file, content) in kept.before.files.sorted(by: { $0.key < $1.key })
        where kept.after.files[file] != content {
            guard file.hasSuffix(".json"), let name = EnvironmentName(String(file.dropLast(5))),
                let pending = try before.read(name)?.decoded.record.pending
            else { continue }
            let result = try after.read(name)
            guard result?.decoded.record.pending?.holder.id != pending.holder.id else { continue }
            outcomes.append(Outcome(name: name, lock: pending.holder.id, bytes: result?.bytes))
        }
        return outcomes
    }
}
