/// What came of waiting for a delivery.
package struct WatchEnd: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        case delivered(SeenDelivery)
        /// The last look saw that nothing came that counts. So many new receipts did not.
        case silent(passedOver: Int)
        /// The last look failed: whether anything came is not known.
        case notLooked(WatchProblem)
        /// The source lost what was there at first: whether anything came is not known.
        case lost(WatchProblem)
        /// A signal ended the wait before anything was seen.
        case interrupted
    }

    package let outcome: Outcome
    /// How long the wait was.
    package let elapsed: Duration

    package init(_ outcome: Outcome, after elapsed: Duration) {
        self.outcome = outcome
        self.elapsed = elapsed
    }
}
