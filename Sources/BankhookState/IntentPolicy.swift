/// How a store wants the intents of a plan.
package enum IntentPolicy: Equatable, Sendable {
    /// Each before its own request, a bounded number of them ahead: its lock is another one.
    case each
    /// All at once before the first request: they are the lock.
    case whole
}
