internal import BankhookModel
internal import Git

/// Why the history of the records could not be looked at, or not all of it.
enum HistoryGap {
    case git(GitError)
    case shallow
    case missingObjects
    /// A version that is no record: it may have been a later one.
    case damaged(file: String, commit: String)
    case unreadable(String)

    /// What the rollback check says of it.
    var coverage: RecordHistory.Coverage {
        .incomplete("history is not checked for a rollback: \(message)", wayOut: wayOut)
    }

    /// What the check of the chains says of it.
    var chainCoverage: RecordHistory.Coverage {
        .incomplete("history is not checked, or not all of it: \(message)", wayOut: wayOut)
    }

    /// What the timeline of the records says of it.
    var timelineCoverage: RecordHistory.Coverage {
        .incomplete("history is not shown, or not all of it: \(message)", wayOut: wayOut)
    }

    private var message: String {
        switch self {
        case .git(.notFound): "there is no git program on the PATH"
        case .git(.timedOut): "git took too long"
        case .git(.tooMuchOutput): "it is larger than bankhook reads"
        case .git(let error) where error.isForeignOwned: "the repository belongs to another user"
        case .git(let error) where error.isMissingObject: HistoryGap.missingObjects.message
        case .git(.failed(let text)): "git failed: \(HistoryGap.firstLine(of: text))"
        case .git(.unusable(let text)): "git cannot be run: \(text)"
        case .shallow: "this clone is shallow"
        case .missingObjects: "this clone is partial and lacks old records"
        case .damaged(let file, let commit): "\(file) is no record in commit \(commit)"
        case .unreadable(let problem): problem
        }
    }

    private var wayOut: String {
        switch self {
        case .git(.notFound): "install git"
        case .git(let error) where error.isForeignOwned:
            "run git config --global --add safe.directory with its path, if you trust it"
        case .git(let error) where error.isMissingObject: HistoryGap.missingObjects.wayOut
        case .git(.timedOut), .git(.tooMuchOutput):
            "keep the state in a repository with less history"
        case .git, .unreadable: "see what git log says in the state directory"
        case .shallow: "fetch all of it: fetch-depth: 0 in the checkout, or git fetch --unshallow"
        case .missingObjects: "clone without --filter, or run git fetch --refetch --no-filter"
        case .damaged:
            "send that environment again with apply --reassert, or delete the branch that has it"
        }
    }

    private static func firstLine(of text: String) -> String {
        String(text.prefix { !$0.isNewline })
    }
}
