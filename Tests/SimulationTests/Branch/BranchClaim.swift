import BankhookApply

/// What a run claims of one environment, as far as it can be wrong.
enum BranchClaim {
    case applied
    /// Whether it says that the outcome is kept in the clone, or why it cannot be.
    case notRecorded(saysKept: Bool, isExcused: Bool)
    /// Nothing can have arrived, and its intent is gone.
    case nothingSent
    case other

    init(_ outcome: EnvironmentOutcome) {
        switch outcome.outcome {
        case .applied: self = .applied
        case .appliedButNotRecorded:
            let problem = outcome.problem
            let words = (problem?.message ?? "") + (problem?.hint ?? "")
            self = .notRecorded(
                saysKept: words.contains("kept in this clone"),
                isExcused: ["the lease had ended", "no space left"].contains {
                    words.contains($0)
                })
        case .failed, .skipped: self = .nothingSent
        case .inDoubt, .unchanged: self = .other
        }
    }
}
