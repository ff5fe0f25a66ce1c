package import BankhookModel
package import BankhookPlan
internal import SourceText

/// What an apply reports of one environment. No secret is in it: texts are searched when it is made.
package struct EnvironmentOutcome: Sendable {
    /// Why it did not simply succeed.
    package struct Problem: Equatable, Sendable {
        /// A stable word that scripts match on.
        package let code: String
        package let message: String
        package let hint: String?

        /// Both may quote paths and answers: they are made safe to print here, once.
        init(code: String, message: String, hint: String?) {
            self.code = code
            self.message = PrintableText(message).description
            self.hint = hint.map { PrintableText($0).description }
        }
    }

    package let name: EnvironmentName
    package let action: Action
    package let outcome: Outcome.Word
    /// How many requests were sent, or tried to be.
    package let attempts: Int
    /// The last answer's status.
    package let status: Int?
    package let duration: Duration
    package let problem: Problem?
    /// Something odd about a success.
    package let warning: String?
    /// Why its endpoint did not pass a probe that need not.
    package var probeWarning: String?
    /// Whether its state file is not as it was before.
    package let isRecordChanged: Bool

    /// An environment for which nothing had to be done.
    package static func unchanged(_ change: Change) -> EnvironmentOutcome {
        EnvironmentOutcome(
            name: change.name, action: change.action, outcome: .unchanged, attempts: 0, status: nil,
            duration: .zero, problem: nil, warning: nil, isRecordChanged: false)
    }

    /// An environment that a safety check kept from being sent.
    package static func refused(_ change: Change) -> EnvironmentOutcome {
        EnvironmentOutcome(
            name: change.name, action: change.action, outcome: .skipped, attempts: 0, status: nil,
            duration: .zero,
            problem: Problem(
                code: "refused", message: "a safety check refused the run; nothing was sent",
                hint: nil),
            warning: nil, isRecordChanged: false)
    }

    /// An environment whose request cannot be made, so that nothing was written or sent for it.
    static func impossible(_ change: Change) -> EnvironmentOutcome {
        EnvironmentOutcome(
            name: change.name, action: change.action, outcome: .failed, attempts: 0, status: nil,
            duration: .zero,
            problem: Problem(
                code: "no_request", message: "its secrets make no request; nothing was sent",
                hint: "check its webhook_url and its secrets"),
            warning: nil, isRecordChanged: false)
    }
}
