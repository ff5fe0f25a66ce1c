/// How long to wait before the next attempt.
package enum RetryWait: Equatable, Sendable {
    /// A random time from none up to `longest`, so that many clients do not come back together.
    case backoff(afterAttempt: Int)
    /// What the server asked for, already clamped.
    case asked(Duration)

    /// No attempt starts later than this after the first one began.
    package static let limit = Duration.seconds(180)

    /// The longest wait: min(10 s, 0.25 s × 2ⁿ) after attempt n.
    package var longest: Duration {
        switch self {
        case .backoff(let attempt): min(.seconds(10), .milliseconds(250 << min(attempt, 16)))
        case .asked(let duration): duration
        }
    }
}
