package import BankhookModel

/// Why a state command did not change what is recorded, or not all of it.
package enum RecordChangeError: Error, Sendable {
    case nothingRecorded(EnvironmentName)
    /// What is to be imported is recorded already.
    case alreadyRecorded(EnvironmentName)
    /// What is to be imported has an intent and no registration yet.
    case firstIntent(EnvironmentName, since: Timestamp)
    /// What is to be forgotten is in doubt.
    case outcomeUnknown(EnvironmentName, since: Timestamp)
    /// Only the new name is recorded.
    case nothingToMove(RecordMove)
    /// The new name is recorded, and has nothing to do with the old one.
    case nameTaken(RecordMove)
    /// Both names have one lineage, and the new record does not follow from the old one; perhaps
    /// the other way round.
    case doesNotFollow(RecordMove, unfinished: [RecordMove])
    /// The new record may have been written, and the old one may have been removed.
    case moveUnfinished(RecordMove, StateError)
    /// No lineage could be made.
    case noLineage(EnvironmentName)
    case state(StateError)
}

extension RecordChangeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nothingRecorded(let name): "nothing is recorded for '\(name)'"
        case .alreadyRecorded(let name): "'\(name)' is recorded already; nothing was changed"
        case .firstIntent(let name, let since):
            "'\(name)' has an apply whose outcome is unknown since \(since); nothing was changed"
        case .outcomeUnknown(let name, let since):
            "the outcome of '\(name)' is unknown since \(since); nothing was changed"
        case .nothingToMove(let move):
            "nothing is recorded for '\(move.old)', and '\(move.new)' is recorded already"
        case .nameTaken(let move):
            "'\(move.new)' is recorded already, and a move overwrites nothing; nothing was changed"
        case .doesNotFollow(let move, _):
            "'\(move.old)' and '\(move.new)' have one lineage, and '\(move.new)' does not follow "
                + "from '\(move.old)'; nothing was changed"
        case .moveUnfinished(let move, let error):
            "the move from '\(move.old)' to '\(move.new)' is not finished: \(error)"
        case .noLineage(let name): "no lineage could be made for '\(name)'"
        case .state(let error): error.description
        }
    }

    /// What to do about it.
    package var wayOut: String {
        switch self {
        case .nothingRecorded: "see bankhook state list"
        case .alreadyRecorded(let name):
            "bankhook plan compares it with the configuration; to record it anew, drop it with "
                + "bankhook state forget \(name)"
        case .firstIntent: "run bankhook apply: sending again is safe"
        case .outcomeUnknown:
            "bankhook apply resolves it, sending again is safe; to forget it in doubt: "
                + "--allow unknown-outcome"
        case .nothingToMove: "if that is what an earlier move left, nothing is to be done"
        case .nameTaken(let move):
            "if that record is obsolete, drop it with bankhook state forget \(move.new)"
        case .doesNotFollow(_, let unfinished):
            StateError.sharedLineage(paths: [], unfinished: unfinished).wayOut
        case .moveUnfinished(let move, let error):
            "\(error.wayOut); then run \(move.command) again"
        case .noLineage: "run it again"
        case .state(let error): error.wayOut
        }
    }
}
