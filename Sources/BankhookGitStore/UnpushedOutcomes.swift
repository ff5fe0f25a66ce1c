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
    ///
    /// The pusher's tip must have been read after the commits: they follow intents, which an older
    /// tip does not have.
    func push(_ commits: [KeptCommit], through pusher: BranchPusher)
        async throws(StateError) -> [RecoveredOutcome]
    {
        var fates = [RecoveredOutcome]()
        for kept in commits {
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
                let (fate, change) = try fate(of: outcome, in: reader)
                fates.append(RecoveredOutcome(outcome.name, fate))
                if let change { changes.append(change) }
            }
            func names(_ fate: RecoveredOutcome.Fate) -> [EnvironmentName] {
                fates.filter { $0.fate == fate }.map(\.name)
            }
            // The commit is in this clone already: another one need not be kept.
            return BranchPusher.Batch(
                changes,
                CommitText(
                    [("recorded late", names(.pushed)), ("in doubt", names(.doubted))], run: nil,
                    revision: nil))
        }
        return fates
    }

    private struct Outcome {
        let name: EnvironmentName
        /// The record with its intent, whose lease does not matter.
        let intent: Record
        /// What it became; nil for none.
        let result: DecodedRecord?
        let bytes: [UInt8]?
    }

    private func fate(of outcome: Outcome, in reader: RecordReader)
        throws(StateError) -> (RecoveredOutcome.Fate, BranchChange?)
    {
        let now = try reader.read(outcome.name)
        let file = "\(outcome.name).json"
        if now?.bytes == outcome.bytes { return (.present, nil) }
        if now?.decoded.record.leased(until: nil) == outcome.intent {
            return (.pushed, BranchChange(file: file, bytes: outcome.bytes))
        }
        // Nothing settled since, and yet the intent is gone: somebody took a commit back.
        guard let now = now?.decoded.record, let result = outcome.result?.record,
            now.lineage == result.lineage, now.pending == nil, now.serial < result.serial
        else { return (.superseded, nil) }
        return (
            .doubted, BranchChange(file: file, bytes: RecordCodec.encode(outcome.intent))
        )
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
                let intent = try before.read(name)?.decoded.record, let pending = intent.pending
            else { continue }
            let result = try after.read(name)
            guard result?.decoded.record.pending?.holder.id != pending.holder.id else { continue }
            outcomes.append(
                Outcome(
                    name: name, intent: intent.leased(until: nil), result: result?.decoded,
                    bytes: result?.bytes))
        }
        return outcomes
    }
}
