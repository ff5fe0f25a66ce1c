package import BankhookGitStore
internal import BankhookModel
internal import BankhookState
internal import Synchronization
internal import SystemCalls

/// A remote with one branch, in memory, and every commit that any of its clones made.
package final class SharedBranch: Sendable {
    /// A commit as the remote, or a clone, has it.
    package struct Commit: Sendable {
        package let id: String
        package let parent: String?
        package let files: BranchFiles
        package let text: String
    }

    private struct State {
        var commits: [String: Commit] = [:]
        var tip: String?
        var late: [(commit: String, old: String?)] = []
    }

    private let state = Mutex(State())
    /// Hears of each move of the branch that a push made.
    private let onMove: @Sendable (_ from: Commit?, _ to: Commit) -> Void

    package init(
        onMove: @Sendable @escaping (_ from: Commit?, _ to: Commit) -> Void = { _, _ in }
    ) {
        self.onMove = onMove
    }

    /// The branch's tip; nil where the branch is missing. Setting it is what a person does.
    package var tip: String? {
        get { state.withLock { $0.tip } }
        set { state.withLock { $0.tip = newValue } }
    }

    package subscript(id: String) -> Commit? { state.withLock { $0.commits[id] } }

    /// The commits of the branch, from its first one.
    package var history: [Commit] {
        state.withLock { state in
            var found = [Commit]()
            var next = state.tip
            while let commit = next.flatMap({ state.commits[$0] }) {
                found.append(commit)
                next = commit.parent
            }
            return found.reversed()
        }
    }

    /// The first lines of the branch's commits, from its first one.
    package var subjects: [String] {
        history.map { String($0.text.prefix { $0 != "\n" }) }
    }

    /// A file's bytes at the tip.
    package func bytes(of file: String) -> [UInt8]? {
        tip.flatMap { self[$0] }?.files.bytes(of: file)
    }

    func add(_ changes: [BranchChange], on parent: String?, _ text: CommitText) -> Commit {
        state.withLock { state in
            let before = parent.flatMap { state.commits[$0] }?.files ?? BranchFiles()
            let files = before.applying(changes).files.mapValues { file in
                BranchFiles.File(
                    id: file.id ?? SharedBranch.id(of: file.content), content: file.content)
            }
            let commit = Commit(
                id: "commit\(state.commits.count + 1)", parent: parent, files: BranchFiles(files),
                text: text.text)
            state.commits[commit.id] = commit
            return commit
        }
    }

    private static func id(of content: FileContent) -> String {
        if case .file(let bytes) = content { Checksum(of: bytes).text } else { "\(content)" }
    }

    /// Moves the branch if it is where the caller thinks.
    func move(from old: String?, to commit: String) -> Bool {
        let moved = state.withLock { state -> (from: Commit?, to: Commit)? in
            guard state.tip == old, let next = state.commits[commit] else { return nil }
            state.tip = commit
            return (old.flatMap { state.commits[$0] }, next)
        }
        guard let moved else { return false }
        onMove(moved.from, moved.to)
        return true
    }

    func delay(_ commit: String, from old: String?) {
        state.withLock { $0.late.append((commit, old)) }
    }

    /// Lets pushes arrive that were given up.
    package func deliver() {
        let late = state.withLock { state in
            defer { state.late = [] }
            return state.late
        }
        for push in late { _ = move(from: push.old, to: push.commit) }
    }

    /// Whether a commit has another one in its history, or is it.
    package func isCommit(_ commit: String, descendedFrom other: String) -> Bool {
        state.withLock { state in
            var next: String? = commit
            while let id = next {
                if id == other { return true }
                next = state.commits[id]?.parent
            }
            return false
        }
    }
}
