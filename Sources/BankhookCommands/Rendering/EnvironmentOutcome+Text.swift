internal import BankhookApply
internal import SourceText

extension Outcome.Word {
    /// As a person reads it.
    var shown: String { rawValue.replacing("_", with: " ") }

    /// The colour of how it ended, where something was sent.
    var tone: Palette.Tone? {
        switch self {
        case .applied: .good
        case .unchanged: nil
        case .failed: .error
        case .appliedButNotRecorded, .inDoubt, .skipped: .warning
        }
    }
}

extension EnvironmentOutcome {
    /// The outcome with its reason, on one line.
    func line(_ palette: Palette) -> String {
        let word = palette.paint(outcome.shown, outcome.tone)
        if let problem {
            let tries = attempts > 1 ? " (\(attempts) attempts)" : ""
            return "\(name): \(word): \(problem.message)\(tries)"
        }
        let remark = warning.map { "; \(palette.paint("warning:", .warning)) \($0)" } ?? ""
        return "\(name): \(word)\(remark)"
    }
}
