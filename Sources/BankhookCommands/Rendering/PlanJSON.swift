internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import JSONSyntax

/// A plan as data (specification, section 5, "JSON").
enum PlanJSON {
    static func text(_ plan: Plan) -> String {
        let summary = Action.allCases.map { action in
            JSONValue.Member(key: action.rawValue, value: .integer(plan.count(action)))
        }
        return JSONOutput.text([
            "changes": .array(plan.changes.map(value)), "format_version": .integer(1),
            "refusals": .array(plan.refusals.map(value)), "summary": .object(summary),
            "warnings": .array(plan.warnings.map(value)),
        ])
    }

    static func value(of warning: PlanWarning) -> JSONValue {
        [
            "code": .string(warning.code.rawValue),
            "environment": .optional(warning.environment?.text),
            "message": .string(warning.message),
        ]
    }

    static func value(of refusal: Refusal) -> JSONValue {
        [
            "allow": .string(refusal.allow.rawValue),
            "environment": .optional(refusal.environment?.text),
            "message": .string(refusal.message),
        ]
    }

    private static func value(of change: Change) -> JSONValue {
        [
            "account_compared": .bool(change.isAccountCompared),
            "action": .string(change.action.rawValue),
            "after": change.after.map { .object($0.jsonMembers) } ?? .null,
            "before": change.before.map { .object($0.jsonMembers) } ?? .null,
            "environment": .string(change.name.text),
            "reasons": .array(change.reasons.map(value)),
        ]
    }

    private static func value(of reason: Reason) -> JSONValue {
        [
            "code": .string(reason.code), "field": .optional(reason.field),
            "message": .string(reason.message),
        ]
    }
}
