internal import BankhookModel
internal import BankhookState

/// Where `state history` looks for what happened to the records.
enum TimelinePlace: Sendable {
    /// HEAD's own history of a directory, up to what stands there.
    case directory(String, RecordInspection)
    /// A branch of a remote as it was fetched, by its last commit.
    case branch(StateBranch, tip: String)

    /// Where git runs.
    var directory: String {
        switch self {
        case .directory(let path, _): path
        case .branch(let branch, _): branch.folder
        }
    }
}
