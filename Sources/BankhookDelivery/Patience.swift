internal import BankConnectAPI
internal import BankhookModel

/// Repeats what may be repeated: at most five attempts, none later than three minutes after the
/// first began (specification, section 5).
struct Patience: Sendable {
    let time: RunTime
    let interruption: Interruption

    private static let mostAttempts = 5

    /// What the attempts came to.
    struct Result {
        let answer: Answer
        let attempts: Int
    }

    /// Makes attempts while their answers are worth another one. `limit` is how long after the first
    /// one began the last may begin.
    func result(
        within limit: Duration = RetryWait.limit, while isWorthAnother: (Answer) -> Bool,
        of attempt: () async -> Answer
    ) async -> Result {
        let began = time.elapsed()
        var attempts = 0
        while true {
            let answer = await attempt()
            attempts += 1
            guard attempts < Patience.mostAttempts, isWorthAnother(answer) else {
                return Result(answer: answer, attempts: attempts)
            }
            let delay = delay(after: answer, attempts)
            guard time.elapsed() + delay - began <= min(limit, RetryWait.limit),
                await pause(delay)
            else { return Result(answer: answer, attempts: attempts) }
        }
    }

    private func delay(after answer: Answer, _ attempts: Int) -> Duration {
        if case .response(let response) = answer, let asked = response.retryAfter { return asked }
        return time.random(RetryWait.backoff(afterAttempt: attempts).longest)
    }

    /// Waits; false where the run is to end meanwhile.
    func pause(_ duration: Duration) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await time.pause(duration) }
            group.addTask { await interruption.wait() }
            await group.next()
            group.cancelAll()
        }
        return !interruption.isRequested && !Task.isCancelled
    }
}
