internal import BankhookModel

/// Why a state file's content is no record, and the way out.
///
/// A damaged file is never read as "nothing recorded": that would register over what is there.
package enum RecordDamage: Error, Equatable, Sendable {
    case empty
    case conflictMarkers
    /// No JSON: cut short, a byte order mark, a duplicate key; the parser's words.
    case notJSON(String)
    case newerSchema(Int)
    case wrongChecksum
    /// A field that is missing, unknown, of the wrong type or out of range.
    case field(String)
    case otherEnvironment(String)
    /// Two serials, checksums or intents that cannot belong together.
    case inconsistent(String)
}

extension RecordDamage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "it is empty"
        case .conflictMarkers: "it holds merge-conflict markers"
        case .notJSON(let problem): "it is no complete JSON: \(problem)"
        case .newerSchema(let schema): "its schema \(schema) is newer than this bankhook knows (1)"
        case .wrongChecksum: "its checksum does not match its content: somebody edited it"
        case .field(let problem): problem
        case .otherEnvironment(let name): "it is the record of environment \(name)"
        case .inconsistent(let problem): problem
        }
    }

    /// What to do about it on a branch, where the file is at a path of it: `BRANCH:FOLDER/FILE`.
    func wayOut(at path: String, on branch: StateBranch) -> String {
        if case .newerSchema = self { return RecordDamage.wayOutOfNewerSchema }
        let file = path.split(separator: "/").last.map { branch.path(of: String($0)) } ?? path
        return
            "find the commit that did it: git fetch \(branch.shownRemote) \(branch.branch), then git log "
            + "FETCH_HEAD -- \(file); take it back with git revert on that branch and push it; only "
            + "where no good version is left, remove the file there: \(RecordDamage.costOfRemoval)"
    }

    /// What goes with a record that is removed.
    private static let costOfRemoval =
        "the next apply registers again, and does not notice a lowered mode"

    /// The way out of a schema that is newer than this release.
    package static let wayOutOfNewerSchema =
        "use the bankhook release that wrote it, or a later one"

    /// What to do about it in a directory, where the file is at a path.
    package func wayOut(at path: String) -> String {
        switch self {
        case .newerSchema: RecordDamage.wayOutOfNewerSchema
        case .otherEnvironment:
            "two files were swapped or copied: restore both from version control"
        case .conflictMarkers:
            "take either version: git checkout --theirs -- \(path) during the merge, else git checkout "
                + "COMMIT -- \(path) (git log -- \(path) names them); then plan"
        default:
            "restore it from version control: git log -- \(path), then git checkout COMMIT -- "
                + "\(path); only where no good version is left, remove the file: "
                + RecordDamage.costOfRemoval
        }
    }
}
