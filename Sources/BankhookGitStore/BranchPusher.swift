package import BankhookModel
package import BankhookState
internal import Synchronization

/// Brings changes to the branch by commits on top of whatever it holds, and knows its tip.
///
/// What counts is what the remote holds after a push, not what the push said: an answer may be lost,
/// or come from a proxy.
package final class BranchPusher: Sendable {
    /// What a caller wants committed on top of a tip.
    package struct Batch: Sendable {
        package var changes: [BranchChange]
        package var text: CommitText
        /// Whether it holds outcomes, which must not get lost.
        package var isKept: Bool

        package init(_ changes: [BranchChange], _ text: CommitText, isKept: Bool = false) {
            self.changes = changes
            self.text = text
            self.isKept = isKept
        }
    }

    private let repository: any BranchRepository
    private let branch: StateBranch
    private let time: RunTime
    /// Whether nothing new may be started.
    private let isInterrupted: @Sendable () -> Bool
    private let state: Mutex<BranchTip>

    /// How often a push that lost its race is made again.
    private static let races = 200
    /// How often one that the remote refused for no clear reason is.
    private static let refusals = 4
    private static let shortestPause = Duration.milliseconds(20)
    private static let longestPause = Duration.seconds(2)

    package init(
        _ repository: any BranchRepository, of branch: StateBranch, at tip: BranchTip,
        time: RunTime, isInterrupted: @Sendable @escaping () -> Bool
    ) {
        self.repository = repository
        self.branch = branch
        self.time = time
        self.isInterrupted = isInterrupted
        state = Mutex(tip)
    }

    /// The branch as it was last seen.
    package var tip: BranchTip { state.withLock { $0 } }

    /// Commits what `build` wants on the newest tip that can be had, and returns when the remote has
    /// it. `build` is asked again whenever the tip has moved; without changes nothing is pushed.
    ///
    /// One caller at a time.
    package func push(_ build: (BranchTip) throws(StateError) -> Batch) async throws(StateError) {
        var races = 0
        var refusals = 0
        var kept: String?
        while true {
            let tip = tip
            let batch = try build(tip)
            guard !batch.changes.isEmpty else { return }
            let failure: PushFailure
            do throws(BranchError) {
                let commit = try await repository.commit(
                    batch.changes, on: tip.id, batch.text, kept: batch.isKept)
                if let kept { try await repository.forget(kept) }
                kept = batch.isKept ? commit : nil
                let next = BranchTip(id: commit, files: tip.files.applying(batch.changes))
                guard let found = try await send(next, after: tip) else { return }
                if !batch.isKept { try await repository.forget(commit) }
                failure = found
            } catch {
                throw .branch(error)
            }
            // Where the tip has moved it is a lost race, whatever git's words were.
            if failure.isLostRace || self.tip.id != tip.id {
                races += 1
                if races > BranchPusher.races { throw .branch(.contended(branch)) }
            } else {
                refusals += 1
                if refusals > BranchPusher.refusals { throw .branch(failure.error) }
            }
            if isInterrupted(), !batch.isKept || refusals > 1 { throw .branch(failure.error) }
            await pause(after: races + refusals)
        }
    }

    /// Nil where it arrived; the tip is that of the remote then. Else why it did not.
    private func send(_ next: BranchTip, after old: BranchTip)
        async throws(BranchError) -> PushFailure?
    {
        do throws(PushFailure) {
            try await repository.push(next.id, replacing: old.id)
            state.withLock { $0 = next }
            try await remember(next.id, forgetting: next.id)
            return nil
        } catch {
            let found = try await fetch(knowing: next)
            if try await repository.isCommit(found.id, descendedFrom: next.id) {
                // It has arrived, and its answer was lost.
                try await repository.remember(found.id, forgetting: next.id)
                return nil
            }
            return error
        }
    }

    /// What the clone remembers guards later runs; that this push arrived does not hang on it.
    private func remember(_ tip: String, forgetting commit: String) async throws(PushFailure) {
        do throws(BranchError) {
            try await repository.remember(tip, forgetting: commit)
        } catch {
            throw PushFailure(error, isLostRace: false)
        }
    }

    /// Looks at the branch again.
    private func fetch(knowing known: BranchTip) async throws(BranchError) -> BranchTip {
        let tip = try await BranchPusher.fetch(repository, of: branch, knowing: known)
        state.withLock { $0 = tip }
        return tip
    }

    private func pause(after failures: Int) async {
        let longest = min(
            BranchPusher.shortestPause * (1 << min(failures, 8)), BranchPusher.longestPause)
        await time.pause(time.random(longest))
    }

    /// The branch's tip, which must descend from the one that this clone remembers.
    package static func fetch(
        _ repository: any BranchRepository, of branch: StateBranch, knowing known: BranchTip?
    ) async throws(BranchError) -> BranchTip {
        let remembered = try await repository.rememberedTip()
        guard let tip = try await repository.fetch(knowing: known) else {
            throw .missing(branch, remembered: remembered)
        }
        if let remembered {
            guard try await repository.isCommit(tip.id, descendedFrom: remembered) else {
                throw .rewritten(branch, remembered: remembered, found: tip.id)
            }
        }
        if tip.id != remembered { try await repository.remember(tip.id, forgetting: nil) }
        return tip
    }
}
