package import BankhookModel
package import SystemCalls

/// Why recorded state could not be read or written. Paths are as the configuration names them.
package enum StateError: Error, Sendable {
    /// `branch` is where it stands, unless in a directory.
    case damaged(path: String, RecordDamage, on: StateBranch? = nil)
    /// A link, a pipe, a directory, a file with two names: `kind` says which.
    case notPlainFile(path: String, kind: String)
    case tooLarge(path: String)
    case nameIsNoEnvironment(path: String)
    /// Two files of one lineage; `unfinished` are the moves that explain them.
    case sharedLineage(paths: [String], unfinished: [RecordMove])
    case namesDifferByCase(paths: [String])
    case directoryIsNoDirectory(path: String)
    /// Another apply holds the lock; nil when its holder could not be read.
    case locked(path: String, by: LockHolder?)
    /// Another run's intents lock environments on a branch, until its lease ends.
    case leased(Lease)
    case branch(BranchError)
    case locksUnsupported(path: String, SystemCallError)
    /// While the lock was held, something else was put in the directory's place.
    case directoryReplaced(path: String)
    case systemCall(path: String, SystemCallError)
}

extension StateError {
    /// The first file or directory that it is about.
    package var path: String {
        switch self {
        case .damaged(let path, _, _), .notPlainFile(let path, _), .tooLarge(let path),
            .nameIsNoEnvironment(let path), .directoryIsNoDirectory(let path),
            .locked(let path, _), .locksUnsupported(let path, _), .directoryReplaced(let path),
            .systemCall(let path, _):
            path
        case .sharedLineage(let paths, _), .namesDifferByCase(let paths): paths.first ?? ""
        case .leased(let lease): lease.environments.first?.text ?? ""
        case .branch: ""
        }
    }
}

extension StateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .damaged(let path, let damage, _):
            "\(path) is damaged: \(damage)"
        case .notPlainFile(let path, let kind):
            "\(path) is \(kind), and state is kept in plain files with one name"
        case .tooLarge(let path):
            "\(path) is larger than any record"
        case .nameIsNoEnvironment(let path):
            "\(path) does not have the name of an environment"
        case .sharedLineage(let paths, let unfinished):
            "\(paths.joined(separator: " and ")) have one lineage"
                + (unfinished.isEmpty
                    ? ", and neither follows from the other" : ": a state move was not finished")
        case .namesDifferByCase(let paths):
            "\(paths.joined(separator: " and ")) differ by case only"
        case .directoryIsNoDirectory(let path):
            "\(path) is no directory"
        case .locked(let path, let holder):
            "locked by \(holder.map(\.description) ?? "another bankhook (\(path))")"
        case .leased(let lease): lease.description
        case .branch(let error): error.description
        case .locksUnsupported(let path, let error):
            "\(path): this file system has no locks (\(error))"
        case .directoryReplaced(let path):
            "\(path) was moved or replaced while it was locked"
        case .systemCall(let path, let error):
            "\(path): \(error)"
        }
    }

    /// What to do about it.
    package var wayOut: String {
        switch self {
        case .damaged(let path, let damage, let branch?): damage.wayOut(at: path, on: branch)
        case .damaged(let path, let damage, nil): damage.wayOut(at: path)
        case .notPlainFile, .tooLarge, .nameIsNoEnvironment:
            "move it out of the state directory, which holds nothing but records"
        case .sharedLineage(_, let unfinished):
            unfinished.isEmpty
                ? "restore both from version control, or drop the wrong one with bankhook state "
                    + "forget NAME and run apply --reassert"
                : "run \(unfinished.map(\.command).joined(separator: " or ")) again: it finishes it"
        case .namesDifferByCase: "rename one of them"
        case .directoryIsNoDirectory: "name a directory in state.directory"
        case .locked: "wait until it has ended; the lock ends with its process"
        case .leased(let lease):
            "wait until it has ended; if it is dead, its lease ends at \(lease.end), or: bankhook "
                + "state unlock --id \(lease.holder.id)"
        case .branch(let error): error.wayOut
        case .locksUnsupported: "keep the state on a local disk"
        case .directoryReplaced: "leave it in place while an apply runs, and run apply again"
        case .systemCall(_, let error): error.wayOut
        }
    }
}
