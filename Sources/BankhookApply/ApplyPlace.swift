internal import BankhookModel

/// One environment's place in an `ApplyQueue`.
struct ApplyPlace: Sendable {
    let number: Int
    let intents: OrderedSlots
    let requests: OrderedSlots
    let refusedAccounts: RefusedAccounts
    let interruption: Interruption

    var isInterrupted: Bool { interruption.isRequested }

    /// Waits until an intent may be written, or everything has been interrupted.
    func enter() async {
        _ = await intents.take(number)
    }

    /// Waits until a request may leave; false when it may not any more.
    func takeTurn() async -> Bool {
        await requests.take(number)
    }

    /// Gives back at once what an environment in this state no longer needs.
    func follow(_ step: ApplyStep) {
        if !step.isAhead { intents.leave(number) }
        if !step.maySend { requests.leave(number) }
    }

    /// Gives back everything.
    func leave() {
        intents.leave(number)
        requests.leave(number)
    }
}
