/// Everything that a run knows of time and chance, so that a test can be in charge of both.
package struct RunTime: Sendable {
    /// The wall clock, for records.
    package let now: @Sendable () -> Timestamp
    /// Time that only goes forward, for durations and limits.
    package let elapsed: @Sendable () -> Duration
    /// Waits; ends early when the task is cancelled.
    package let pause: @Sendable (Duration) async -> Void
    /// A random time from none up to the one given.
    package let random: @Sendable (Duration) -> Duration

    package init(
        now: @Sendable @escaping () -> Timestamp, elapsed: @Sendable @escaping () -> Duration,
        pause: @Sendable @escaping (Duration) async -> Void,
        random: @Sendable @escaping (Duration) -> Duration
    ) {
        self.now = now
        self.elapsed = elapsed
        self.pause = pause
        self.random = random
    }
}
