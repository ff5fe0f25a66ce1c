package import BankhookGitStore
package import BankhookModel
package import BankhookState

/// What one process does with a clone and its remote, in memory. A test is asked before each
/// operation, and may let time pass, let others be faster, or let it fail.
package struct MemoryRepository: BranchRepository {
    package typealias Interference = @Sendable (BranchOperation) async -> BranchFault?

    private let clone: MemoryClone
    private let branch: StateBranch
    private let interference: Interference

    private var remote: SharedBranch { clone.remote }

    package init(
        _ clone: MemoryClone, of branch: StateBranch,
        interference: @escaping Interference = { _ in nil }
    ) {
        self.clone = clone
        self.branch = branch
        self.interference = interference
    }

    private func perform<Value>(_ operation: BranchOperation, _ body: () -> Value)
        async throws(BranchError) -> Value
    {
        switch await interference(operation) {
        case nil: return body()
        case .fails(let error), .late(let error): throw error
        case .answerLost(let error):
            _ = body()
            throw error
        }
    }

    package func fetch(knowing known: BranchTip?) async throws(BranchError) -> BranchTip? {
        try await perform(.fetch) {
            guard let tip = remote.tip.flatMap({ remote[$0] }) else { return nil }
            return tip.id == known?.id ? known : BranchTip(id: tip.id, files: tip.files)
        }
    }

    package func commit(
        _ changes: [BranchChange], on parent: String?, _ text: CommitText, kept: Bool
    ) async throws(BranchError) -> String {
        try await perform(.commit(isKept: kept)) {
            let commit = remote.add(changes, on: parent, text)
            if kept { clone.keep(commit.id) }
            return commit.id
        }
    }

    package func push(_ commit: String, replacing old: String?) async throws(PushFailure) {
        let fault = await interference(.push(commit: commit))
        switch fault {
        case .fails(let error): throw MemoryRepository.failure(error)
        case .late(let error):
            remote.delay(commit, from: old)
            throw MemoryRepository.failure(error)
        case .answerLost, nil: break
        }
        guard remote.move(from: old, to: commit) else {
            throw PushFailure(.lostRace, .refused(branch, words: "fetch first"))
        }
        if case .answerLost(let error)? = fault { throw MemoryRepository.failure(error) }
    }

    private static func failure(_ error: BranchError) -> PushFailure {
        if case .refused = error {
            PushFailure(.refused, error)
        } else {
            PushFailure(.unreachable, error)
        }
    }

    package func isCommit(_ commit: String, descendedFrom other: String)
        async throws(BranchError) -> Bool
    {
        try await perform(.compare(commit: commit, with: other)) {
            remote.isCommit(commit, descendedFrom: other)
        }
    }

    package func rememberedTip() async throws(BranchError) -> String? {
        try await perform(.readTip) { clone.remembered }
    }

    package func remember(_ tip: String, forgetting commit: String?) async throws(BranchError) {
        try await perform(.remember) {
            clone.remembered = tip
            if let commit { clone.forget(commit) }
        }
    }

    package func keptCommits() async throws(BranchError) -> [KeptCommit] {
        try await perform(.readKept) {
            clone.kept.compactMap { id in
                guard let commit = remote[id] else { return nil }
                let before = commit.parent.flatMap { remote[$0] }?.files
                return KeptCommit(
                    id: id, parent: commit.parent ?? "", before: before ?? BranchFiles(),
                    after: commit.files)
            }
        }
    }

    package func keptElsewhere() async throws(BranchError) -> [String] { [] }

    package func forget(_ commit: String) async throws(BranchError) {
        try await perform(.forget) { clone.forget(commit) }
    }
}
