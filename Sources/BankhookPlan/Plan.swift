package import BankhookModel

/// What an apply would do: every targeted environment's change, and what to think of it.
package struct Plan: Sendable {
    /// Sorted by name; orphans included.
    package let changes: [Change]
    package let warnings: [PlanWarning]
    /// The safety checks that object; those that were allowed too, until they are lifted.
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

    /// The same plan without the refusals that were allowed.
    package func lifting(_ allowed: Set<Refusal.Allow>) -> Plan {
        Plan(
            changes: changes, warnings: warnings,
            refusals: refusals.filter { !allowed.contains($0.allow) }, coverage: coverage)
    }

    /// The same plan with the lineages that first registrations get.
    package func adopting(_ lineages: [EnvironmentName: Lineage]) -> Plan {
        let changes = changes.map { change in
            var change = change
            change.firstLineage = change.record == nil ? lineages[change.name] : nil
            return change
        }
        return Plan(changes: changes, warnings: warnings, refusals: refusals, coverage: coverage)
    }

    /// What its requests go to, by environment, where the credentials are at hand.
    package var accounts: [EnvironmentName: Account] {
        var accounts = [EnvironmentName: Account]()
        for change in changes where change.action.sends {
            accounts[change.name] = change.desired?.account
        }
        return accounts
    }

    /// Whether carrying it out sends anything.
    package var sends: Bool {
        changes.contains { $0.action.sends }
    }
}
