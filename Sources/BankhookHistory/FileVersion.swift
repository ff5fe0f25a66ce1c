internal import BankhookState

/// What an environment's file came to in a commit, or comes to in the directory.
enum FileVersion {
    case absent
    case record(DecodedRecord)
    /// What it holds is no record; why.
    case damaged(String)
    /// Its content is not in this clone.
    case unread

    var decoded: DecodedRecord? {
        if case .record(let decoded) = self { decoded } else { nil }
    }
}
