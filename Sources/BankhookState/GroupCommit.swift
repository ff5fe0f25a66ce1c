internal import Dispatch
internal import Synchronization
internal import SystemCalls

/// Lets changes that wait together share one commit, and with it the syncs (specification,
/// section 12).
///
/// One commit runs at a time, on a thread where it may block; what comes meanwhile waits for the
/// next one. So many changes that come together cost hardly more than one; one that comes alone is
/// committed at once, but for the 2 ms that a busy commit leaves for others to join.
final class GroupCommit: Sendable {
    /// Why a change may not be durable.
    enum Failure: Error {
        case systemCall(SystemCallError)
        /// The changes went into a directory that nobody finds any more.
        case directoryReplaced
    }

    typealias Outcome = Result<Void, Failure>

    private struct Waiter {
        let change: FileChange
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var waiters: [Waiter] = []
        var isDraining = false
    }

    /// How long a commit waits for company after one that had much: those whose changes were just
    /// committed are about to come back with the next ones.
    private static let gathering = DispatchTimeInterval.milliseconds(2)

    private let files: any StateFiles
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "bankhook.commit")

    init(files: any StateFiles) {
        self.files = files
    }

    /// Returns when the change is durable, or says why it may not be. It does not end early when
    /// the task is cancelled.
    func commit(_ change: FileChange) async -> Outcome {
        await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiters.append(Waiter(change: change, continuation: continuation))
                defer { state.isDraining = true }
                return !state.isDraining
            }
            if isFirst { queue.async { self.drain() } }
        }
    }

    /// Returns when no thread touches the files any more. Every `commit` must have returned before.
    func finish() async {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume() }
        }
    }

    /// Commits what waits, and then what came meanwhile.
    private func drain() {
        guard let batch = next() else { return }
        let outcomes = FileCommit.commit(batch.map(\.change), to: files)
        let isStillThere = files.isStillThere()
        for (waiter, outcome) in zip(batch, outcomes) {
            waiter.continuation.resume(
                returning: isStillThere || outcome.isFailure
                    ? outcome.mapError(Failure.systemCall) : .failure(.directoryReplaced))
        }
        let pause = batch.count < FileCommit.fewestToSyncAll ? .seconds(0) : GroupCommit.gathering
        queue.asyncAfter(deadline: .now() + pause) { self.drain() }
    }

    /// Everything that waits, up to the second change of one file; nil when nothing does.
    private func next() -> [Waiter]? {
        state.withLock { state in
            var names = Set<String>()
            let end =
                state.waiters.firstIndex { !names.insert($0.change.name).inserted }
                ?? state.waiters.endIndex
            let batch = Array(state.waiters[..<end])
            state.waiters.removeSubrange(..<end)
            state.isDraining = !batch.isEmpty
            return batch.isEmpty ? nil : batch
        }
    }
}
