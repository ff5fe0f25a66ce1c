internal import BankhookModel

/// Whether an environment's endpoint is tried before its intent is recorded, and what a failure does.
package enum ProbeDemand: Equatable, Sendable {
    case none
    /// A failure is said and stops nothing.
    case wanted
    /// A failure keeps the environment from being sent.
    case required
}

extension ProbeDemand {
    /// What a configuration asks for: probes are for registers and updates, and `--allow probe` lets
    /// a required one fail.
    init(_ mode: ProbeMode, action: Action, isFailureAllowed: Bool) {
        guard action == .register || action == .update else {
            self = .none
            return
        }
        self =
            switch mode {
            case .off: .none
            case .warn: .wanted
            case .require: isFailureAllowed ? .wanted : .required
            }
    }
}
