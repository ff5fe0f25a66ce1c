import FoundationEssentials

/// An extraction as it happened, with all of its ids.
struct Extraction: Sendable {
    let account: EmulatorAccount
    let flow: Flow
    let mode: UploadMode
    let progress: ExtractionProgress
    /// The entity, or the session.
    let entityID: String
    /// Empty where net banking failed before there was a statement.
    let statementID: String
    /// Nil for a manual upload without a link.
    let linkID: String?
    /// Empty where nothing failed.
    let reason: String
    let at: Date
    /// What became of its webhook as far as the registration decides.
    let webhook: Webhook

    /// Whether a webhook is due.
    enum Webhook: Sendable {
        /// The extraction goes on.
        case notEnded
        /// The account has no registration for the flow.
        case notRegistered
        /// The registered mode leaves out manual uploads.
        case notDue(mode: Int)
        /// It is due, as the so-manieth of its account.
        case due(url: String, turn: Int)
    }
}
