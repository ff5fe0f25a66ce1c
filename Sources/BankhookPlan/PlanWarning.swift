package import BankhookModel
internal import SourceText

/// Something that does not stop an apply and that its reader should know.
package struct PlanWarning: Equatable, Sendable {
    /// The word that scripts match on (specification, section 5, "JSON").
    package enum Code: String, Sendable {
        case modeDowngrade = "mode_downgrade"
        case accountNotCompared = "account_not_compared"
        case historyIncomplete = "history_incomplete"
        case stateBehind = "state_behind"
        case stateOnRunner = "state_on_runner"
        case orphanUnknown = "orphan_unknown"
        case sharedCredentials = "shared_credentials"
        case firstContact = "first_contact"
        case beingApplied = "being_applied"
        case outcomeKept = "outcome_kept"
        case recordRemoved = "record_removed"
        case networkFileSystem = "network_file_system"
        case unexpectedBody = "unexpected_body"
        case probeFailed = "probe_failed"
    }

    package let code: Code
    /// Nil where it is about the whole run.
    package let environment: EnvironmentName?
    package let message: String

    package init(_ code: Code, _ environment: EnvironmentName?, _ message: String) {
        self.code = code
        self.environment = environment
        self.message = PrintableText(message).description
    }
}
