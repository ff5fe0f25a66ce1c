import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Testing

/// A remote in memory with a state branch, its clones, and a clock.
struct Scene {
    let remote: SharedBranch
    let clone: MemoryClone
    let time = HandTime()

    static let lease = 600
    static let branch = StateBranch(
        remote: "origin", branch: "bankhook-state", path: "", lease: TimeSpan(seconds: lease),
        folder: "/clone")
    static let lost = BranchError.unreachable(branch, words: "lost")
    static let refused = BranchError.refused(branch, words: "protected")

    /// With records on the branch.
    init(_ records: Record..., remote: SharedBranch = SharedBranch()) async throws {
        self.remote = remote
        clone = MemoryClone(of: remote)
        #expect(try await store().initialize())
        if !records.isEmpty { try await put(records) }
    }

    func repository(
        in clone: MemoryClone? = nil,
        _ interference: @escaping MemoryRepository.Interference = { _ in nil }
    ) -> MemoryRepository {
        MemoryRepository(clone ?? self.clone, of: Scene.branch, interference: interference)
    }

    func store(
        in clone: MemoryClone? = nil,
        _ interference: @escaping MemoryRepository.Interference = { _ in nil },
        recovered: @Sendable @escaping ([RecoveredOutcome]) -> Void = { _ in }
    ) -> GitStore {
        GitStore(
            Scene.branch, in: repository(in: clone, interference), time: time.runTime,
            recovered: recovered)
    }

    /// A run's session on the branch as it is now, without what renews its lease.
    func session(
        _ number: Int, in clone: MemoryClone? = nil, run: String? = nil,
        _ interference: @escaping MemoryRepository.Interference = { _ in nil },
        isInterrupted: @Sendable @escaping () -> Bool = { false },
        unremembered: @Sendable @escaping (BranchError) -> Void = { _ in }
    ) async throws -> BranchSession {
        let tip = try await BranchPusher.fetch(
            repository(in: clone), of: Scene.branch, knowing: nil)
        let pusher = BranchPusher(
            repository(in: clone, interference), of: Scene.branch, at: tip, time: time.runTime,
            isInterrupted: isInterrupted, unremembered: unremembered)
        return BranchSession(
            holder: Sample.holder(number, at: time.now, run: run), pusher: pusher,
            branch: Scene.branch, time: time.runTime)
    }

    /// Somebody else writes records.
    func put(_ records: [Record]) async throws {
        let changes = records.map { record in
            BranchChange(file: "\(record.environment).json", bytes: RecordCodec.encode(record))
        }
        try await put(changes)
    }

    func put(_ changes: [BranchChange]) async throws {
        let other = repository(in: MemoryClone(of: remote))
        let tip = remote.tip
        let commit = try await other.commit(
            changes, on: tip, CommitText("somebody"), kept: false)
        try await other.push(commit, replacing: tip)
    }

    /// What the branch holds for an environment.
    func record(_ name: String) throws -> Record? {
        guard let bytes = remote.bytes(of: "\(name).json") else { return nil }
        return try RecordCodec.decode(bytes, as: Sample.name(name)).record
    }
}

extension BranchSession {
    /// Begins intents for environments, and returns them.
    @discardableResult
    func begin(_ names: String...) async throws -> [IntentRecord] {
        let intents = try names.map { name in
            let snapshot = try snapshot(of: Sample.name(name))
            return IntentRecord(
                after: snapshot,
                record: try Sample.intent(
                    name, after: snapshot.decoded?.record, by: holder, url: 2))
        }
        try await begin(intents)
        return intents
    }

    /// Records the outcome of an intent after a 200.
    func succeed(_ intent: IntentRecord) async throws {
        try await write(Sample.applied(intent.record), temporary: "t")
    }

    func takeBack(_ intent: IntentRecord) async throws {
        try await restore(intent.snapshot, temporary: "t")
    }
}
