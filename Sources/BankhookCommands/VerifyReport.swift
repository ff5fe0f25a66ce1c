internal import BankhookHistory
internal import BankhookModel
internal import BankhookState

/// What `state verify` reports: safe to print.
struct VerifyReport: Sendable {
    struct Problem: Sendable {
        let environment: EnvironmentName?
        let commit: String?
        let problem: CommandFailure.Problem
    }

    /// Why history could not be looked at, or not all of it.
    struct Gap: Sendable {
        enum Status: String, Sendable {
            case incomplete, none
        }

        let message: String
        let hint: String
        let status: Status
    }

    let records: [StateVerification.Verified]
    let problems: [Problem]
    let gap: Gap?
    /// A gap is one of the problems then.
    let isHistoryRequired: Bool

    /// Where history is required, a gap in it is a problem of its own.
    init(
        _ found: StateVerification, gap: Gap?, isHistoryRequired: Bool, store: any StateStore
    ) {
        records = found.records
        self.gap = gap
        self.isHistoryRequired = isHistoryRequired
        let required = gap.map { gap in
            Problem(
                environment: nil, commit: nil,
                problem: .init(
                    code: "history_incomplete",
                    message: "policy.history requires that history is checked: \(gap.message)",
                    hint: gap.hint))
        }
        problems =
            found.problems.map { VerifyReport.problem($0, in: store) }
            + (isHistoryRequired ? [required].compactMap(\.self) : [])
    }

    private static func problem(_ found: StateProblem, in store: any StateStore) -> Problem {
        let file = found.environment.map(store.file(of:))
        let problem: CommandFailure.Problem =
            if case .file(let error) = found.fault {
                .init(state: error, file: file ?? error.path)
            } else {
                .init(
                    code: code(of: found.fault),
                    message: "\(file.map { "\($0): " } ?? "")\(found.fault)",
                    hint: found.fault.wayOut, file: file)
            }
        return Problem(
            environment: found.environment, commit: found.commit, problem: problem)
    }

    private static func code(of fault: StateFault) -> String {
        switch fault {
        case .file, .damagedVersion: "state_damaged"
        case .inconsistent: "state_inconsistent"
        case .notHigher, .otherPrevious: "chain_broken"
        case .gap: "chain_gap"
        case .forked, .rival(_, isLater: false): "forked"
        case .rolledBack, .rival(_, isLater: true): "rolled_back"
        }
    }

    /// 1 where something was found.
    var status: ExitStatus { problems.isEmpty ? .done : .error }
}
