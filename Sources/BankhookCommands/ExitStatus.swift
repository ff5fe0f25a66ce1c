/// How the process ends (specification, section 5).
package enum ExitStatus: Equatable, Sendable {
    case done
    /// An error before anything was sent.
    case error
    /// `plan --detailed-exitcode`: something would be sent.
    case wouldSend
    /// At least one environment failed, is in doubt, was skipped or could not be recorded.
    case incomplete
    /// Somebody else holds the lock, or the saved plan is stale.
    case locked
    case refused
    case unusableArguments
    /// Done, but the output could not be written.
    case outputNotWritten
    /// Interrupted by a signal, with its number.
    case signal(Int32)

    package var code: Int32 {
        switch self {
        case .done: 0
        case .error: 1
        case .wouldSend: 2
        case .incomplete: 3
        case .locked: 4
        case .refused: 5
        case .unusableArguments: 64
        case .outputNotWritten: 74
        case .signal(let number): 128 + number
        }
    }

    /// Which one to end with when several hold: signal, 3, 4, 5, 1, 74, and 2 only alone.
    private var rank: Int {
        switch self {
        case .signal: 0
        case .incomplete: 1
        case .locked: 2
        case .refused: 3
        case .error: 4
        case .unusableArguments: 5
        case .outputNotWritten: 6
        case .wouldSend: 7
        case .done: 8
        }
    }

    /// The stronger of two.
    package func and(_ other: ExitStatus) -> ExitStatus {
        rank <= other.rank ? self : other
    }
}
