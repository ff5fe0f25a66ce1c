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
    /// Told that a push arrived and that this clone could not note it.
    private let unremembered: @Sendable (BranchError) -> Void
    private let state: Mutex<BranchTip>
    private let wasUnremembered = Mutex(false)
    private let lastKept = Mutex<String?>(nil)

    /// How often a push that lost its race is made again, and one that the remote did not answer.
    private static let races = 200
    private static let silences = 3
    /// How often one that a remote calls outrun though its branch did not move.
    private static let stalls = 12
    private static let shortestPause = Duration.milliseconds(20)
    private static let longestPause = Duration.seconds(2)

    package init(
        _ repository: any BranchRepository, of branch: StateBranch, at tip: BranchTip,
        time: RunTime, isInterrupted: @Sendable @escaping () -> Bool,
        unremembered: @Sendable @escaping (BranchError) -> Void = { _ in }
    ) {
        self.repository = repository
        self.branch = branch
        self.time = time
        self.isInterrupted = isInterrupted
        self.unremembered = unremembered
        state = Mutex(tip)
    }

    /// The branch as it was last seen.
    package var tip: BranchTip { state.withLock { $0 } }

    /// The commit that the last push left in the clone, because it did not arrive.
    package var kept: String? { lastKept.withLock { $0 } }

    /// Commits what `build` wants on the newest tip that can be had, and returns when the remote has
    /// it. `build` is asked again whenever the tip has moved; without changes nothing is pushed.
    ///
    /// Throws `BranchError.notPushed` where outcomes are kept in the clone instead. `older` is a kept
    /// commit all of whose outcomes are in this batch too: it is forgotten when a newer one is made.
    /// One caller at a time.
    package func push(
        replacing older: String? = nil, _ build: (BranchTip) throws(StateError) -> Batch
    ) async throws(StateError) {
        lastKept.withLock { $0 = older }
        var isKept = false
        do throws(StateError) {
            try await push(build, isKept: &isKept)
        } catch {
            guard isKept, case .branch(let error) = error else { throw error }
            throw .branch(.notPushed(error))
        }
    }

    private func push(_ build: (BranchTip) throws(StateError) -> Batch, isKept: inout Bool)
        async throws(StateError)
    {
        var attempts = Attempts()
        while true {
            let tip = tip
            let batch = try build(tip)
            do throws(BranchError) {
                // What an earlier attempt kept is on the branch, though nobody said so.
                guard !batch.changes.isEmpty else { return try await keep(nil) }
                let commit = try await repository.commit(
                    batch.changes, on: tip.id, batch.text, kept: batch.isKept)
                if batch.isKept {
                    isKept = true
                    try await keep(commit)
                }
                let next = BranchTip(id: commit, files: tip.files.applying(batch.changes))
                guard let failure = try await send(next, after: tip) else { return }
                if !batch.isKept { try await repository.forget(commit) }
                try attempts.count(failure, on: branch, hasMoved: self.tip.id != tip.id)
                // After a signal outcomes get one more chance, and nothing new begins.
                if isInterrupted() {
                    attempts.late += 1
                    let isOver = attempts.late > 1 || attempts.silences > 0
                    if isOver || !batch.isKept { throw failure.error }
                }
            } catch {
                throw .branch(error)
            }
            await time.pause(time.random(attempts.longestPause))
        }
    }

    /// Keeps outcomes in the clone that are to be pushed later, on a commit that has their intents.
    package func keepAside(_ changes: [BranchChange], on commit: String, _ text: CommitText)
        async throws(StateError)
    {
        do throws(BranchError) {
            _ = try await repository.commit(changes, on: commit, text, kept: true)
        } catch {
            throw .branch(error)
        }
    }

    /// Keeps a commit in the place of an older one, which holds no more than it.
    private func keep(_ commit: String?) async throws(BranchError) {
        let older = lastKept.withLock { kept in
            defer { kept = commit }
            return kept
        }
        if let older, older != commit { try await repository.forget(older) }
    }

    /// How often one push has failed, and how.
    private struct Attempts {
        private(set) var silences = 0
        private var stalls = 0
        /// Attempts after a signal.
        var late = 0
        private var races = 0

        /// Throws where another attempt would not help.
        mutating func count(
            _ failure: PushFailure, on branch: StateBranch, hasMoved: Bool
        ) throws(BranchError) {
            switch failure.kind {
            case .refused where !hasMoved: throw failure.error
            case .unreachable where !hasMoved:
                silences += 1
                guard silences <= BranchPusher.silences else { throw failure.error }
            case .lostRace where !hasMoved:
                // Somebody's push may be under way; none takes for ever.
                stalls += 1
                guard stalls <= BranchPusher.stalls else { throw failure.error }
            case .lostRace, .refused, .unreachable:
                races += 1
                guard races <= BranchPusher.races else { throw .contended(branch) }
            }
        }

        var longestPause: Duration {
            let steps = min(races + stalls + 4 * silences, 8)
            return min(BranchPusher.shortestPause * (1 << steps), BranchPusher.longestPause)
        }
    }

    /// Nil where it arrived; the tip is that of the remote then. Else why it did not.
    private func send(_ next: BranchTip, after old: BranchTip)
        async throws(BranchError) -> PushFailure?
    {
        do throws(PushFailure) {
            try await repository.push(next.id, replacing: old.id)
            state.withLock { $0 = next }
        } catch {
            let found: BranchTip
            do throws(BranchError) {
                found = try await fetch(knowing: next)
            } catch .unreachable, .notSignedIn {
                // It may have arrived: the next attempt's look at the branch tells.
                return PushFailure(.unreachable, error.error)
            }
            guard try await repository.isCommit(found.id, descendedFrom: next.id) else {
                return error
            }
        }
        // It has arrived, whether or not this clone can remember that: what it guards is later runs,
        // and a commit that it keeps too long is recognised by them.
        do throws(BranchError) {
            try await repository.remember(tip.id, forgetting: next.id)
        } catch {
            // One stale lock file spoils every push: it is told once.
            let isNews = wasUnremembered.withLock { was in
                defer { was = true }
                return !was
            }
            if isNews { unremembered(error) }
        }
        lastKept.withLock { $0 = nil }
        return nil
    }

    /// Looks at the branch again.
    private func fetch(knowing known: BranchTip) async throws(BranchError) -> BranchTip {
        let tip = try await BranchPusher.fetch(repository, of: branch, knowing: known)
        state.withLock { $0 = tip }
        return tip
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
