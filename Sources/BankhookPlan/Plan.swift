package import BankhookModel

/// What an apply would do: every targeted environment's change, and what to think of it.
package struct Plan: Sendable {
    /// Sorted by name; orphans included.
    package let changes: [Change]
    package let warnings: [PlanWarning]
    /// The safety checks that object, whatever was allowed.
    package let refusals: [Refusal]
    /// How much of the records' history was looked at.
    package let coverage: RecordHistory.Coverage

    /// How many changes have an action.
    package func count(_ action: Action) -> Int {
        changes.count { $0.action == action }
    }

    /// The same plan with warnings that come from elsewhere.
    package func adding(_ more: [PlanWarning]) -> Plan {
        Plan(
            changes: changes, warnings: warnings + more, refusals: refusals, coverage: coverage)
    }

    /// Whether carrying it out sends anything.
    package var sends: Bool {
        changes.contains { $0.action.sends }
    }
}
