internal import BankhookModel
internal import BankhookState
internal import SystemCalls

/// Outcomes that runs kept in this clone because no push got through, or because they died before one
/// (specification, section 6).
struct UnpushedOutcomes {
    /// What became of them, and why some are kept on though the remote takes pushes.
    struct Result {
        var fates: [RecoveredOutcome] = []
        var problem: StateError?
    }

    private let repository: any BranchRepository
    private let branch: StateBranch

    init(_ repository: any BranchRepository, of branch: StateBranch) {
        self.repository = repository
        self.branch = branch
    }

    func keptCommits() async throws(StateError) -> [KeptCommit] {
        do throws(BranchError) {
            return try await repository.keptCommits()
        } catch {
            throw .branch(error)
        }
    }

    /// Brings each to the branch as long as that still holds its intent, and forgets it then.
    ///
    /// The pusher's tip must have been read after the commits: they follow intents, which an older
    /// tip does not have. One whose record on the branch cannot be read stays, and stands in the way
    /// of no other.
    func push(_ commits: [KeptCommit], through pusher: BranchPusher)
        async throws(StateError) -> Result
    {
        var result = Result()
        for kept in commits {
            let judged = try await push(kept, through: pusher)
            result.fates += judged.fates
            result.problem = result.problem ?? judged.problem
            guard judged.problem == nil else { continue }
            do throws(BranchError) {
                try await repository.forget(kept.id)
            } catch {
                throw .branch(error)
            }
        }
        return result
    }

    private func push(_ kept: KeptCommit, through pusher: BranchPusher)
        async throws(StateError) -> Judgement
    {
        let judge = try await KeptJudge(
            kept, of: branch, isRewritten: isRewritten(pusher.tip, since: kept))
        var judgement = Judgement()
        try await pusher.push { tip in
            judgement = judge.judgement(at: tip)
            // The commit is in this clone already: another one need not be kept.
            return BranchPusher.Batch(judgement.changes, judgement.text)
        }
        return judgement
    }

    /// What pushing them would come to; nothing is pushed.
    func fates(of commits: [KeptCommit], at tip: BranchTip)
        async throws(StateError) -> [RecoveredOutcome]
    {
        var fates = [RecoveredOutcome]()
        var tip = tip
        for kept in commits {
            let judge = try await KeptJudge(
                kept, of: branch, isRewritten: isRewritten(tip, since: kept))
            let judgement = judge.judgement(at: tip)
            fates += judgement.fates
            tip = BranchTip(id: tip.id, files: tip.files.applying(judgement.changes))
        }
        return fates
    }

    /// Whether a branch went back to before a commit's intents, or never had them.
    private func isRewritten(_ tip: BranchTip, since kept: KeptCommit)
        async throws(StateError) -> Bool
    {
        do throws(BranchError) {
            return try await !repository.isCommit(tip.id, descendedFrom: kept.parent)
        } catch {
            throw .branch(error)
        }
    }
}
