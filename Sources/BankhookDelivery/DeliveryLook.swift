/// What one look at a source of deliveries came to.
package enum DeliveryLook: Equatable, Sendable {
    /// No genuine delivery is new. So many new receipts were none of BankConnect's, all in all.
    case nothing(passedOver: Int)
    case delivered(SeenDelivery)
    /// This look failed; a later one may not.
    case failed(WatchProblem)
    /// What was there at first is gone, so that no look will ever tell what is new.
    case lost(WatchProblem)
}
