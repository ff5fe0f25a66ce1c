/// What a plan was asked for, beside its configuration.
package struct PlanOptions: Equatable, Sendable {
    /// The patterns of `--target`; empty for all.
    package let targets: [String]
    package let isReasserting: Bool
    /// The safety checks that need not stop its apply.
    package let allowed: Set<Refusal.Allow>

    package init(targets: [String], isReasserting: Bool, allowed: Set<Refusal.Allow>) {
        self.targets = targets
        self.isReasserting = isReasserting
        self.allowed = allowed
    }

    /// The same with more safety checks lifted.
    package func allowing(_ more: Set<Refusal.Allow>) -> PlanOptions {
        PlanOptions(
            targets: targets, isReasserting: isReasserting, allowed: allowed.union(more))
    }
}
