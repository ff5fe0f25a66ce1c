/// How one environment came out of an apply.
package enum Outcome: Equatable, Sendable {
    case applied
    case appliedButNotRecorded(Cause)
    case failed(Cause)
    case inDoubt(Cause)
    case skipped(Cause)
    case unchanged

    /// The words of JSON output, in the order in which text output counts them.
    package enum Word: String, Sendable, CaseIterable {
        case applied
        case appliedButNotRecorded = "applied_but_not_recorded"
        case failed
        case inDoubt = "in_doubt"
        case skipped
        case unchanged
    }

    package var word: Word {
        switch self {
        case .applied: .applied
        case .appliedButNotRecorded: .appliedButNotRecorded
        case .failed: .failed
        case .inDoubt: .inDoubt
        case .skipped: .skipped
        case .unchanged: .unchanged
        }
    }

    package var cause: Cause? {
        switch self {
        case .applied, .unchanged: nil
        case .appliedButNotRecorded(let cause), .failed(let cause), .inDoubt(let cause),
            .skipped(let cause):
            cause
        }
    }
}
