internal import BankhookModel
internal import BankhookState

/// How many environments of an apply may be where: with an intent written ahead of its request,
/// with a request under way, and with an outcome that waits to be recorded.
///
/// Everybody goes through it in the plan's order (specification, sections 5 and 12).
struct ApplyQueue: Sendable {
    /// The most environments that are under way at a time.
    let limit: Int
    let interruption: Interruption
    private let intents: OrderedSlots
    private let requests: OrderedSlots
    private let refusedAccounts = RefusedAccounts()

    /// What a death of the process leaves in doubt though nothing of it was sent.
    private static let mostIntentsAhead = 64
    /// The network does not run further ahead of the disk than this.
    private static let mostUnrecorded = 256

    /// For so many environments. Where a store takes the intents of a `whole` plan, it takes the
    /// outcomes together too: none of them can wait for another one's.
    init(_ count: Int, parallelism: Int, intents policy: IntentPolicy, interruption: Interruption) {
        requests = OrderedSlots(parallelism)
        self.interruption = interruption
        switch policy {
        case .each:
            intents = OrderedSlots(ApplyQueue.mostIntentsAhead)
            limit = ApplyQueue.mostIntentsAhead + parallelism + ApplyQueue.mostUnrecorded
        case .whole:
            intents = OrderedSlots(count)
            limit = count
        }
    }

    /// Runs a body; an interruption ends the waiting of those in it who have sent nothing yet.
    func open(_ body: () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await interruption.wait()
                intents.close()
                requests.close()
            }
            await body()
            group.cancelAll()
        }
    }

    /// The place of the environment with this number, counted from 0 in the plan's order.
    func place(_ number: Int) -> ApplyPlace {
        ApplyPlace(
            number: number, intents: intents, requests: requests,
            refusedAccounts: refusedAccounts, interruption: interruption)
    }
}
