package import BankhookModel

/// What a plan was asked for, beside its configuration.
package struct PlanOptions: Equatable, Sendable {
    /// The patterns of `--target`; empty for all.
    package let targets: [String]
    /// The part of the fleet that is planned for; nil for all of it.
    package let shard: Shard?
    package let isReasserting: Bool
    /// The safety checks that need not stop its apply.
    package let allowed: Set<Refusal.Allow>

    package init(
        targets: [String], shard: Shard? = nil, isReasserting: Bool, allowed: Set<Refusal.Allow>
    ) {
        self.targets = targets
        self.shard = shard
        self.isReasserting = isReasserting
        self.allowed = allowed
    }

    /// The same with more safety checks lifted.
    package func allowing(_ more: Set<Refusal.Allow>) -> PlanOptions {
        PlanOptions(
            targets: targets, shard: shard, isReasserting: isReasserting,
            allowed: allowed.union(more))
    }
}
