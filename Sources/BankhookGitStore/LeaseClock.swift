package import BankhookModel

/// How long this run's intents hold, by the wall clock that others read and by one that only goes
/// forward (specification, section 6).
package struct LeaseClock: Equatable, Sendable {
    package let length: TimeSpan
    /// What the intents on the branch say.
    package let expiry: Timestamp
    private let elapsedEnd: Duration

    /// A lease that begins now. It is taken before its push begins, so that it never ends later than
    /// others read.
    package init(_ length: TimeSpan, at moment: Timestamp, elapsed: Duration) {
        self.length = length
        expiry = Timestamp(secondsSinceEpoch: moment.secondsSinceEpoch + length.seconds)
        elapsedEnd = elapsed + length.duration
    }

    /// Whether it has ended, so that others may have begun since.
    package func isOver(at moment: Timestamp, elapsed: Duration) -> Bool {
        elapsed >= elapsedEnd || moment >= expiry
    }

    /// Whether a request may start that can last so long: a tenth of the lease is left after it.
    package func allowsRequest(lasting timeout: Duration, at moment: Timestamp, elapsed: Duration)
        -> Bool
    {
        let needed = timeout + length.duration / 10
        // The wall clock counts whole seconds: up to one more has gone by.
        return elapsed + needed <= elapsedEnd
            && .seconds(expiry.seconds(since: moment) - 1) >= needed
    }
}
