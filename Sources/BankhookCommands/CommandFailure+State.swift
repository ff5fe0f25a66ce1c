internal import BankhookModel
internal import BankhookState

extension CommandFailure {
    /// What any error comes to that ended a command.
    init(_ error: any Error) {
        switch error {
        case let error as CommandFailure: self = error
        case let error as StateErrors: self.init(error)
        case let error as StateError: self.init(error)
        case let error as RecordChangeError: self.init(error)
        default: self = .problem("internal_error", "\(error)")
        }
    }

    init(_ errors: StateErrors) {
        let isLocked = errors.errors.contains(where: \.isLock)
        self = .problems(
            errors.errors.map { Problem(state: $0) }, status: isLocked ? .locked : .error)
    }

    init(_ error: StateError) {
        self.init(StateErrors([error]))
    }

    /// A signal cut the push of the intents off: nothing of them was sent.
    init(interruptedBy error: StateError, before holder: LockHolder) {
        self = .problem(
            "interrupted", "interrupted; nothing was sent: \(error)",
            hint:
                "if its intents reached the branch all the same, they hold their environments until "
                + "the lease ends, or: bankhook state unlock --id \(holder.id)")
    }

    init(_ error: RecordChangeError) {
        let code: String
        var status = ExitStatus.error
        switch error {
        case .state(let error):
            self.init(error)
            return
        case .nothingRecorded, .nothingToMove: code = "unknown_environment"
        case .alreadyRecorded, .nameTaken: code = "already_recorded"
        case .firstIntent: code = "outcome_unknown"
        case .outcomeUnknown:
            code = "outcome_unknown"
            status = .refused
        case .doesNotFollow: code = "state_shared_lineage"
        case .moveUnfinished: code = "move_unfinished"
        case .noLineage: code = "internal_error"
        }
        self = .problem(code, "\(error)", hint: error.wayOut, status: status)
    }
}

extension CommandFailure.Problem {
    init(state error: StateError, file: String? = nil) {
        let code =
            switch error {
            case .damaged: "state_damaged"
            case .notPlainFile, .tooLarge, .nameIsNoEnvironment: "state_not_a_record"
            case .sharedLineage: "state_shared_lineage"
            case .namesDifferByCase: "state_names_differ_by_case"
            case .directoryIsNoDirectory: "state_not_a_directory"
            case .locked, .leased: "locked"
            case .branch(let error): error.code
            case .locksUnsupported: "locks_unsupported"
            case .directoryReplaced: "state_directory_replaced"
            case .systemCall: "state_unusable"
            }
        self.init(code: code, message: "\(error)", hint: error.wayOut, file: file)
    }
}
