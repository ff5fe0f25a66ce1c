internal import BankhookHistory
internal import BankhookModel
internal import BankhookState
internal import JSONSyntax

/// The history of the records as data.
enum HistoryJSON {
    static func text(_ report: HistoryReport) -> String {
        JSONOutput.text([
            "coverage": coverage(report.gap), "format_version": .integer(1),
            "history": .array(report.timeline.events.map(value)),
            "problems": .array(report.problem.map { [value($0)] } ?? []),
        ])
    }

    private static func coverage(_ gap: VerifyReport.Gap?) -> JSONValue {
        [
            "hint": .optional(gap?.hint), "message": .optional(gap?.message),
            "status": .string(gap?.status.rawValue ?? "complete"),
        ]
    }

    private static func value(_ problem: CommandFailure.Problem) -> JSONValue {
        [
            "code": .string(problem.code), "hint": .optional(problem.hint),
            "message": .string(problem.message),
        ]
    }

    private static func value(_ event: RecordEvent) -> JSONValue {
        [
            "after": registration(event.registrationAfter),
            "applied_at": .optional(event.after?.applied?.appliedAt.description),
            "before": registration(event.registrationBefore),
            "changed": .array(event.changedFields.map { .string($0.word) }),
            "commit": event.commit.map(value) ?? .null,
            "environment": .string(event.environment.text),
            "former_environment": .optional(event.formerName?.text),
            "kind": .string(event.kind.rawValue),
            "lineage": .optional(event.lineage?.text),
            "problem": .optional(event.problem),
            "revision": .optional(event.revision), "run": .optional(event.run),
            "serial": .optional(event.after?.serial),
            "serial_before": .optional(event.before?.serial),
            "unknown_since": .optional(event.after?.pending?.unknownSince.description),
        ]
    }

    private static func value(_ commit: RecordCommit) -> JSONValue {
        [
            "author_email": .string(commit.authorEmail), "author_name": .string(commit.authorName),
            "committed_at": .string(commit.committedAt.description), "id": .string(commit.id),
            "subject": .string(commit.subject),
        ]
    }

    private static func registration(_ registration: Registration?) -> JSONValue {
        registration.map { .object($0.jsonMembers) } ?? .null
    }
}
