/// What one look at a source of deliveries came to.
package enum DeliveryLook: Equatable, Sendable {
    /// No delivery that counts is new. So many did not count, all in all.
    case nothing(passedOver: Int)
    case delivered(SeenDelivery)
    /// This look failed; a later one may not.
    case failed(WatchProblem)
    /// What was there at first is gone, so that no look will ever tell what is new.
    case lost(WatchProblem)
}
