import BankhookDelivery
import BankhookModel
import Synchronization

/// A source whose looks come to what a test wants, the last of it again and again.
final class ScriptedSource: DeliverySource {
    let name = "scripted"
    let interval = Duration.seconds(1)
    private let looks: Mutex<[DeliveryLook]>
    private let hook: @Sendable () -> Void

    /// `hook` is called at each look.
    init(_ looks: [DeliveryLook], _ hook: @Sendable @escaping () -> Void = {}) {
        self.looks = Mutex(looks)
        self.hook = hook
    }

    func begin() async throws(WatchProblem) {}

    func registered(at moment: Timestamp) async {}

    func look(within limit: Duration) async -> DeliveryLook {
        hook()
        return looks.withLock { looks in
            looks.count > 1 ? looks.removeFirst() : looks.first ?? .nothing(passedOver: 0)
        }
    }
}
