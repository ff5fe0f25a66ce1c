internal import BankhookModel

/// Does git show the rollback check what it needs?
struct HistoryDepthCheck {
    /// Where the records' history is.
    enum Place: Equatable, Sendable {
        /// In the clone that the directory is in.
        case clone(RecordHistory.Coverage)
        /// On the state branch; whether this clone had seen it before, and so can tell a rewrite.
        case branch(wasSeen: Bool)
        /// In a clone whose HEAD has none, and that has no directory for them yet.
        case nothing
        /// In a clone whose HEAD has records, and whose directory of them is gone.
        case gone
        /// In a clone without their directory, of which git does not tell whether HEAD has some.
        case untold
    }

    let place: Place
    let policy: Policy.History
    /// The commit of the configuration, with `+dirty` where it is changed; nil where git does not tell.
    let revision: String?
    let isInWorkTree: Bool

    var findings: [DoctorFinding] { [depth] + [configuration].compactMap(\.self) }

    private var depth: DoctorFinding {
        let coverage: RecordHistory.Coverage
        switch place {
        case .clone(let found): coverage = found
        case .nothing:
            return .ok(.history, "there is no record in HEAD, and no directory for one yet")
        case .gone:
            return .unchecked(
                .history, "the records that HEAD has are gone here",
                next: "take them back, then run doctor again")
        case .untold:
            return .unchecked(
                .history, "git does not tell whether HEAD has records",
                next: "see what git status says")
        case .branch(wasSeen: true):
            return .ok(.history, "the state branch follows from what this clone last saw there")
        case .branch(wasSeen: false):
            return .unchecked(
                .history,
                "no plan or apply in this clone has seen the state branch yet: an earlier rewrite "
                    + "would not be noticed",
                next: "protect the branch from force pushes and deletion")
        }
        switch coverage {
        case .complete: return .ok(.history, "all of it is in this clone")
        case .noWorkTree:
            let next = "keep the records in a git repository: a rollback is noticed there"
            return policy == .require
                ? .error(
                    .history, "history_incomplete",
                    "policy.history requires it, and the records are in no git work tree",
                    next: next)
                : .unchecked(.history, "the records are in no git work tree", next: next)
        case .incomplete(let problem, let wayOut):
            return policy == .require
                ? .error(
                    .history, "history_incomplete", "policy.history requires it: \(problem)",
                    next: wayOut)
                : .warning(.history, "history_incomplete", problem, next: wayOut)
        }
    }

    private var configuration: DoctorFinding? {
        guard isInWorkTree else { return nil }
        guard let revision else {
            return .unchecked(
                .history, "git does not tell which commit the configuration is of",
                next: "commit it; or see what git status says")
        }
        guard revision.hasSuffix("+dirty") else { return nil }
        return .warning(
            .history, "configuration_uncommitted",
            "the configuration is not as it is in commit \(revision.prefix(12))",
            next: "commit it before an apply: the record names the commit")
    }
}
