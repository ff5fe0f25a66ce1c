internal import BankhookState

extension BranchError {
    /// A word that scripts match on.
    var code: String {
        switch self {
        case .noGit: "git_missing"
        case .noRepository: "no_repository"
        case .foreignOwned, .foreignRemote: "repository_foreign_owned"
        case .missing: "state_branch_missing"
        case .rewritten, .otherTip: "state_branch_rewritten"
        case .notSignedIn: "git_sign_in"
        case .unreachable: "state_branch_unreachable"
        case .refused: "push_refused"
        case .contended: "push_contended"
        case .unusable: "git_failed"
        case .superseded: "state_changed"
        case .takenOver, .leaseEnded: "lease_ended"
        case .notPushed: "outcome_not_pushed"
        case .unreadable: "state_damaged"
        case .keptUnreadable: "kept_outcome_unreadable"
        case .keptElsewhere: "outcome_kept_elsewhere"
        case .recordsElsewhere, .neighbourUnreadable: "state_not_migrated"
        case .unknownLock: "unknown_lock"
        case .holdsRecords: "state_not_empty"
        }
    }
}

extension StateError {
    /// Whether somebody else holds the lock.
    var isLock: Bool {
        switch self {
        case .locked, .leased: true
        default: false
        }
    }
}
