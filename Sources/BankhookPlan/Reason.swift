package import BankhookModel
internal import SourceText

/// Why a change is what it is.
package enum Reason: Equatable, Sendable {
    case notRecorded
    /// Not recorded under this name, and perhaps under an orphan's.
    case perhapsMoved(MoveHint, to: EnvironmentName)
    case fieldChanged(Field, before: String, after: String)
    case accountChanged
    case secretRotated(name: String)
    case outcomeUnknown(since: Timestamp)
    case reassertDue(age: Int, after: TimeSpan)
    case importedNeverSent
    case recordedInFuture(Timestamp)
    /// `--reassert`.
    case requested
    /// Git holds a later version of the record: the commit, and the ref that has it where HEAD's
    /// history does not.
    case rolledBack(commit: String, ref: String?)
    /// Two applies recorded the same serial.
    case forked
    case recorded(age: Int, isHistoryChecked: Bool = true)
    case imported(age: Int)
    case notDeclared

    /// A field of a registration, spelt as in the configuration.
    package enum Field: String, Sendable {
        case baseURL = "base_url"
        case flow
        case webhookMode = "webhook_mode"
        case webhookURL = "webhook_url"
    }

    /// The word that scripts match on (specification, section 5, "JSON").
    package var code: String {
        switch self {
        case .notRecorded, .perhapsMoved: "not_recorded"
        case .fieldChanged: "field_changed"
        case .accountChanged: "account_changed"
        case .secretRotated: "secret_rotated"
        case .outcomeUnknown: "outcome_unknown"
        case .reassertDue: "reassert_due"
        case .recordedInFuture: "recorded_in_future"
        case .requested: "requested"
        case .rolledBack: "rolled_back"
        case .forked: "forked"
        case .recorded: "recorded"
        case .imported, .importedNeverSent: "imported"
        case .notDeclared: "not_declared"
        }
    }

    /// The field that it is about, where it is about one.
    package var field: String? {
        switch self {
        case .fieldChanged(let field, _, _): field.rawValue
        case .secretRotated(let name): "webhook_secrets.\(name)"
        default: nil
        }
    }

    package var message: String {
        switch self {
        case .notRecorded: "not recorded"
        case .perhapsMoved(.orphan(let old, let isCompared), to: let name):
            "not recorded; if this is '\(old)' under a new name: bankhook state move \(old) \(name)"
                + (isCompared ? "" : " (account not compared)")
        case .perhapsMoved(.oneOf(let count), to: let name):
            "not recorded; \(count) orphans have this registration (account not compared): if this "
                + "is one of them under a new name, bankhook state move OLD \(name)"
        case .fieldChanged(let field, let before, let after):
            "\(field.rawValue) \(before) → \(after)"
        case .accountChanged:
            "account changed: a rotated key, or another account whose old registration stays"
        case .secretRotated(let name): "secret \(name) rotated"
        case .outcomeUnknown(let since): "outcome unknown since \(since)"
        case .reassertDue(let age, let span):
            "recorded \(Age.text(seconds: age)), reassert_after \(span)"
        case .importedNeverSent: "imported, never sent"
        case .recordedInFuture(let moment): "recorded in the future (\(moment))"
        case .requested: "requested (--reassert)"
        case .rolledBack(let commit, let ref):
            "state was rolled back: commit \(commit)\(ref.map { " of \(PrintableText($0))" } ?? "") holds a later "
                + "version"
        case .forked: "state was forked: two applies recorded the same serial"
        case .recorded(let age, let isHistoryChecked):
            "recorded \(Age.text(seconds: age))"
                + (isHistoryChecked ? "" : " (history not checked)")
        case .imported(let age): "imported \(Age.text(seconds: age)), never sent by bankhook"
        case .notDeclared:
            "no longer declared; BankConnect has no call to remove it, so it stays registered "
                + "until another URL replaces it"
        }
    }
}
