internal import BankhookApply
internal import BankhookModel

extension RunTime {
    /// The system's clocks and its random numbers.
    static func system(now: @Sendable @escaping () -> Timestamp) -> RunTime {
        let start = ContinuousClock.now
        return RunTime(
            now: now,
            elapsed: { ContinuousClock.now - start },
            // Ends early only when the task is cancelled, which the caller looks at.
            pause: { try? await Task.sleep(for: $0) },
            random: { longest in longest * Double.random(in: 0...1) })
    }
}
