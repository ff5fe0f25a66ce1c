internal import BankhookDelivery
internal import SourceText

extension Recovery.Outcome {
    /// The word that scripts match on, and that a person reads.
    enum Word: String, CaseIterable {
        case delivered
        case deliveredButNotRecorded = "delivered_but_not_recorded"
        case failed, skipped
        case wouldSend = "would_send"

        var shown: String { rawValue.replacing("_", with: " ") }

        /// The colour of how it ended.
        var tone: Palette.Tone? {
            switch self {
            case .delivered: .good
            case .wouldSend: nil
            case .failed: .error
            case .deliveredButNotRecorded, .skipped: .warning
            }
        }
    }

    /// The outcome without what came with it.
    var word: Word {
        switch self {
        case .delivered: .delivered
        case .deliveredButNotRecorded: .deliveredButNotRecorded
        case .failed, .wrong: .failed
        case .skipped: .skipped
        case .wouldSend: .wouldSend
        }
    }
}
