package import BankhookModel

/// Why records on a branch could not be read or written (specification, section 6). Words are git's
/// own, one line, and safe to show.
package enum BranchError: Error, Equatable, Sendable {
    case noGit
    /// The configuration stands in no repository.
    case noRepository(folder: String)
    case foreignOwned(folder: String)
    /// The repository at the other end belongs to another user than the one that git runs as there.
    case foreignRemote(StateBranch, words: String)
    /// The remote has no such branch; `remembered` is the tip that this clone last saw there.
    case missing(StateBranch, remembered: String?)
    /// The branch does not descend any more from what this clone last saw there.
    case rewritten(StateBranch, remembered: String, found: String)
    /// There is another branch at the remote than the one that was to be accepted.
    case otherTip(StateBranch, found: String)
    /// Nobody could sign in at the remote; `dropped` are the variables that git did not get.
    case notSignedIn(StateBranch, words: String, dropped: [String])
    case unreachable(StateBranch, words: String)
    /// The remote took no push; what it holds is unchanged.
    case refused(StateBranch, words: String)
    /// Others pushed so often that this run did not get through.
    case contended(StateBranch)
    /// git failed in this repository.
    case unusable(words: String)
    /// The records changed after the plan was made.
    case superseded([EnvironmentName])
    /// Another run wrote the record after this one's lease had ended; nil where it has settled.
    case takenOver(by: LockHolder?)
    /// The lease ended, by time or by `state unlock`, before the request could leave.
    case leaseEnded
    /// An outcome is kept in this clone only.
    indirect case notPushed(BranchError)
    /// What stands on the branch in a record's place is none; the store's words and way out.
    case unreadable(words: String, wayOut: String)
    /// What this clone keeps of an earlier run cannot be read.
    case keptUnreadable(ref: String, words: String)
    /// Outcomes are kept in this clone for another remote, branch or path.
    case keptElsewhere(StateBranch, refs: [String])
    /// There are records in a directory, and none on the branch.
    case recordsElsewhere(StateBranch, directory: String, count: Int)
    /// The branch holds no record, and whether a directory beside it does cannot be told.
    case neighbourUnreadable(StateBranch, directory: String, words: String)
    /// No intent has this lock's id.
    case unknownLock(id: String)
    /// The destination of a migration holds records.
    case holdsRecords(String)
}

extension BranchError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noGit: "there is no git program on the PATH"
        case .noRepository(let folder): "\(folder) is in no git repository"
        case .foreignOwned(let folder): "the repository of \(folder) belongs to another user"
        case .foreignRemote(let branch, let words):
            "the repository at the remote belongs to another user, so that \(branch) cannot be read: "
                + words
        case .missing(let branch, nil): "there is no \(branch)"
        case .missing(let branch, let tip?):
            "there is no \(branch) any more; it was at \(tip) when this clone last saw it"
        case .rewritten(let branch, let remembered, let found):
            "\(branch) was rewritten: it is at \(found), which does not descend from \(remembered), "
                + "where this clone last saw it"
        case .otherTip(let branch, let found): "\(branch) is at \(found)"
        case .notSignedIn(let branch, let words, _): "git cannot sign in for \(branch): \(words)"
        case .unreachable(let branch, let words): "\(branch) cannot be reached: \(words)"
        case .refused(let branch, let words): "\(branch) took no push: \(words)"
        case .contended(let branch):
            "others pushed to \(branch) so often that this run did not get through"
        case .unusable(let words): "git failed: \(words)"
        case .superseded(let names):
            "\(BranchError.list(names)) changed on the branch after the plan was made"
        case .takenOver(by: let holder?):
            "the lease had ended, and another run has taken the environment over: \(holder)"
        case .takenOver(by: nil):
            "the lease had ended, and another run has recorded an outcome meanwhile"
        case .leaseEnded: "the lease ended before the request could leave"
        case .unreadable(let words, _): words
        case .notPushed(let error): "its record could not be pushed: \(error)"
        case .keptUnreadable(let ref, let words):
            "an outcome that an earlier apply kept here, \(ref), cannot be read: \(words)"
        case .keptElsewhere(let branch, let refs):
            "outcomes are kept in this clone, and not for \(branch): "
                + refs.prefix(3).joined(separator: ", ")
                + (refs.count > 3 ? " and \(refs.count - 3) more" : "")
        case .recordsElsewhere(let branch, let directory, let count):
            "\(branch) holds no record, and \(directory) holds \(count)"
        case .neighbourUnreadable(let branch, let directory, let words):
            "\(branch) holds no record, and whether \(directory) does cannot be told: \(words)"
        case .unknownLock(let id): "no lock has the id \(id)"
        case .holdsRecords(let place): "\(place) holds records already; nothing was copied"
        }
    }

    /// What to do about it.
    package var wayOut: String {
        switch self {
        case .noGit: "install git"
        case .noRepository: "run bankhook in a clone: the git store keeps its refs there"
        case .foreignOwned:
            "run git config --global --add safe.directory with its path, if you trust it"
        case .foreignRemote:
            "where it is on this machine: git config --global --add safe.directory with that "
                + "repository's path, if you trust it; on a server its owner has to mend that"
        case .missing(_, nil):
            "if it is the first time: bankhook state init; if it was there, restore it from a clone"
        case .missing(let branch, let tip?):
            "restore it: git push \(branch.shownRemote) \(tip):\(branch.ref)"
        case .rewritten(let branch, let remembered, let found):
            "find out who rewrote it; to restore it, push \(remembered) to \(branch.branch) again; "
                + "to accept it: bankhook state accept-rewrite --tip \(found)"
        case .otherTip: "look at it (git log), and name that id if it is right"
        case .notSignedIn(_, _, let dropped):
            "sign in by ssh, a credential helper or GIT_ASKPASS"
                + (dropped.isEmpty
                    ? ""
                    : "; these variables were not passed on: \(dropped.joined(separator: ", "))")
        case .unreachable: "see what git ls-remote says, and run it again"
        case .refused: "see whether the branch is protected against this run's account"
        case .contended: "run it again"
        case .unusable(let words) where words.contains(".lock': File exists"):
            "a git that was killed has left it: if no git runs in this repository, remove that file"
        case .unusable(let words) where BranchError.isAboutDisk(words):
            "see whether the disk that this clone is on is full or read-only"
        case .unusable: "see what git status says in this repository"
        case .superseded: "run it again: it plans anew"
        case .takenOver: "see bankhook plan; run apply again if it says so"
        case .leaseEnded: "run apply again"
        case .unreadable(_, let wayOut): wayOut
        case .notPushed(.unreadable(_, let wayOut)):
            "\(wayOut); its outcome is kept in this clone: then run bankhook state push here, before the "
                + "clone goes"
        case .notPushed:
            "it is kept in this clone: run bankhook state push here, or apply again, before the "
                + "clone goes"
        case .keptUnreadable(let ref, _):
            "git fsck tells more; where nothing brings it back, git update-ref -d \(ref) drops it, and "
                + "its environment's outcome stays unknown until the next apply"
        case .keptElsewhere:
            "name remote, branch and path as they were in state.git and push again; or see what they "
                + "hold (git show), and drop each with git update-ref -d"
        case .recordsElsewhere(_, let directory, _):
            "copy them: bankhook state migrate --from directory:\(directory) --to git"
        case .neighbourUnreadable(_, let directory, _):
            "mend or remove \(directory); the records in it may be those of this fleet"
        case .unknownLock: "bankhook plan prints the id of a lock that is held"
        case .holdsRecords:
            "migrate into an empty one; what a migration left that was cut short may be removed"
        }
    }

    private static func isAboutDisk(_ words: String) -> Bool {
        ["No space left", "Disk quota", "Read-only file system", "couldn't write '"].contains {
            words.contains($0)
        }
    }

    private static func list(_ names: [EnvironmentName]) -> String {
        let shown = names.prefix(3).map(\.text).joined(separator: ", ")
        return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
    }
}
