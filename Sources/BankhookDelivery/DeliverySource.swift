package import BankhookModel

/// Something that tells what an endpoint received: a receipts file, or a count over HTTP.
package protocol DeliverySource: Sendable {
    /// As it may be shown.
    var name: String { get }
    /// How long to wait between two looks.
    var interval: Duration { get }
    /// Takes what is there now for what was there before; throws where that cannot be told.
    func begin() async throws(WatchProblem)
    /// Passes over what came before the new URL was registered: nobody delivers there earlier, so that
    /// it came to the old one. The wait begins when it returns.
    func registered(at moment: Timestamp) async
    /// Looks whether anything came since `begin`, and takes no longer than `limit` about it.
    func look(within limit: Duration) async -> DeliveryLook
}
