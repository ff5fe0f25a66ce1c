import FoundationEssentials

/// The webhook that an account has registered for a flow.
struct Registration: Sendable, Equatable {
    /// Where deliveries go, as written.
    let webhookURL: String
    /// Which results are delivered: a number of `Flow.webhookModes`.
    let webhookMode: Int
    /// When the call that made it arrived.
    let updatedAt: Date
}
