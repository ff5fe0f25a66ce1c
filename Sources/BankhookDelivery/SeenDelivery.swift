package import BankhookModel

/// A delivery that a watch waited for, as far as its source tells of it.
package struct SeenDelivery: Equatable, Sendable {
    /// When the endpoint received it; nil where the source only counts.
    package let receivedAt: Timestamp?
    /// What it is about; nil where the source only counts.
    package let payload: WebhookPayload?

    package init(receivedAt: Timestamp?, payload: WebhookPayload?) {
        self.receivedAt = receivedAt
        self.payload = payload
    }

    /// All that a count tells.
    package static let counted = SeenDelivery(receivedAt: nil, payload: nil)
}
