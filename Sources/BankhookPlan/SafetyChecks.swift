internal import BankhookModel

/// The checks that stand between a plan and the API (specification, section 5).
enum SafetyChecks {
    static func refusals(
        of changes: [Change], policy: Policy, recorded: Int
    ) -> [Refusal] {
        changes.flatMap(refusals) + maxChanges(changes, policy: policy, recorded: recorded)
    }

    private static func refusals(of change: Change) -> [Refusal] {
        var refusals = [Refusal]()
        if change.desired?.environment.isProtected == true,
            change.action == .register || change.action == .update
        {
            refusals.append(
                Refusal(
                    allow: .protected, environment: change.name,
                    message: "\(change.name) is protected"))
        }
        if change.lowersMode {
            refusals.append(
                Refusal(
                    allow: .modeDowngrade, environment: change.name,
                    message: "\(change.name): \(modeDowngradeMessage)"))
        }
        return refusals
    }

    static let modeDowngradeMessage =
        "the mode goes to net_banking (0), which stops webhooks for manual uploads"

    private static func maxChanges(_ changes: [Change], policy: Policy, recorded: Int)
        -> [Refusal]
    {
        guard let limit = policy.maxChanges, let allowed = limit.allowed(recorded: recorded) else {
            return []
        }
        let counted = changes.count { change in
            change.action == .update || change.action == .register && recorded > 0
        }
        guard counted > allowed else { return [] }
        return [
            Refusal(
                allow: .maxChanges, environment: nil,
                message: "\(counted) changes are more than policy.max_changes \(limit) allows "
                    + "(\(allowed) of \(recorded) recorded)")
        ]
    }
}
