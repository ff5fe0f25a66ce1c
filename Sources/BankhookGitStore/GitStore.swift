package import BankhookModel
package import BankhookState
internal import Synchronization

/// The git store: one file per environment on a branch of a remote, whose compare-and-swap is the
/// lock and whose history is the audit trail (specification, section 6).
package final class GitStore: StateStore {
    let repository: any BranchRepository
    let branch: StateBranch
    private let time: RunTime
    /// A directory store that may have been meant: its records would not be seen.
    private let neighbour: DirectoryStore?
    private let isInterrupted: @Sendable () -> Bool
    private let revision: @Sendable () async -> String?
    /// The accounts that the configuration gives names to.
    private let declared: [EnvironmentName: Account]
    /// Told what outcomes of earlier runs came to that were found in the clone.
    let recovered: @Sendable ([RecoveredOutcome]) -> Void
    /// Told that a push arrived and that this clone could not note it.
    private let unremembered: @Sendable (BranchError) -> Void
    private let tip = Mutex<BranchTip?>(nil)

    package init(
        _ branch: StateBranch, in repository: any BranchRepository, time: RunTime,
        beside neighbour: DirectoryStore? = nil,
        isInterrupted: @Sendable @escaping () -> Bool = { false },
        revision: @Sendable @escaping () async -> String? = { nil },
        declared: [EnvironmentName: Account] = [:],
        recovered: @Sendable @escaping ([RecoveredOutcome]) -> Void = { _ in },
        unremembered: @Sendable @escaping (BranchError) -> Void = { _ in }
    ) {
        self.branch = branch
        self.repository = repository
        self.time = time
        self.neighbour = neighbour
        self.isInterrupted = isInterrupted
        self.revision = revision
        self.declared = declared
        self.recovered = recovered
        self.unremembered = unremembered
    }

    package var isOnDisk: Bool { false }

    /// As messages name it.
    package var name: String { "\(branch)" }

    package func file(of name: EnvironmentName) -> String {
        "\(GitStore.place(on: branch))/\(name).json"
    }

    /// The folder of the records, as messages name it.
    static func place(on branch: StateBranch) -> String {
        "\(branch.branch):\(branch.path.isEmpty ? "." : branch.path)"
    }

    // MARK: Reading

    func reader(of tip: BranchTip) -> RecordReader {
        RecordReader(of: tip.files, on: branch)
    }

    /// The branch as this run first saw it.
    func knownTip() async throws(StateErrors) -> BranchTip {
        if let tip = tip.withLock({ $0 }) { return tip }
        do throws(StateError) {
            return try await fetch()
        } catch {
            throw StateErrors([error])
        }
    }

    private func fetch() async throws(StateError) -> BranchTip {
        do throws(BranchError) {
            let found = try await BranchPusher.fetch(
                repository, of: branch, knowing: tip.withLock { $0 })
            try checkNeighbour(of: found)
            tip.withLock { $0 = found }
            return found
        } catch {
            throw .branch(error)
        }
    }

    /// An empty branch beside records in a directory is a half-done change of stores.
    private func checkNeighbour(of tip: BranchTip) throws(BranchError) {
        guard let neighbour, !tip.files.files.keys.contains(where: { $0.hasSuffix(".json") }) else {
            return
        }
        let names: [EnvironmentName]
        do throws(StateErrors) {
            names = try neighbour.names()
        } catch {
            // It may hold records: nothing recorded would be no answer.
            throw .neighbourUnreadable(
                branch, directory: neighbour.path, words: error.errors.first.map { "\($0)" } ?? "")
        }
        guard names.isEmpty else {
            throw .recordsElsewhere(branch, directory: neighbour.path, count: names.count)
        }
    }

    package func names() async throws(StateErrors) -> [EnvironmentName] {
        try reader(of: await knownTip()).names()
    }

    package func records() async throws(StateErrors) -> [DecodedRecord] {
        try reader(of: await knownTip()).records()
    }

    package func inspection() async throws(StateErrors) -> RecordInspection {
        let tip = try await knownTip()
        do {
            return try reader(of: tip).inspection()
        } catch {
            throw StateErrors([error])
        }
    }

    package func record(_ name: EnvironmentName) async throws(StateErrors) -> DecodedRecord? {
        let tip = try await knownTip()
        do {
            return try reader(of: tip).read(name)?.decoded
        } catch {
            throw StateErrors([error])
        }
    }

    /// The commit that was read.
    package func lastCommit() async throws(StateErrors) -> String {
        try await knownTip().id
    }

    // MARK: Writing

    package func withLock<Result: Sendable>(
        by holder: LockHolder, _ body: (any LockedStore) async throws -> Result
    ) async throws -> Result {
        let unpushed = UnpushedOutcomes(repository, of: branch)
        let kept = try await unpushed.keptCommits()
        // What was read a moment ago will do: a push that it is too old for looks again. What is kept
        // is judged without a push where its intent is not seen, and so by a newer tip only.
        let known = tip.withLock { $0.take() }
        let start = if let known, kept.isEmpty { known } else { try await fetch() }
        tip.withLock { $0 = nil }
        let pusher = pusher(at: start)
        let found = try await unpushed.push(kept, through: pusher)
        if !found.fates.isEmpty { recovered(found.fates) }
        if let problem = found.problem { throw problem }
        let session = BranchSession(
            holder: holder, pusher: pusher, branch: branch, time: time,
            revision: await revision(), declared: declared)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await session.renew() }
            defer { group.cancelAll() }
            return try await body(session)
        }
    }

    func pusher() async throws(StateError) -> BranchPusher {
        pusher(at: try await fetch())
    }

    private func pusher(at tip: BranchTip) -> BranchPusher {
        BranchPusher(
            repository, of: branch, at: tip, time: time, isInterrupted: isInterrupted,
            unremembered: unremembered)
    }
}
