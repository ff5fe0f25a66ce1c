internal import BankhookModel
internal import SourceText

/// The checks that stand between a plan and the API (specification, section 5).
enum SafetyChecks {
    /// `fleet` are the changes of all shards.
    static func refusals(
        of changes: [Change], among fleet: [Change], policy: Policy, recorded: Int
    ) -> [Refusal] {
        changes.flatMap(refusals) + maxChanges(fleet, policy: policy, recorded: recorded)
    }

    private static func refusals(of change: Change) -> [Refusal] {
        var refusals = [Refusal]()
        if change.desired?.environment.isProtected == true,
            counts(change)
        {
            refusals.append(
                Refusal(
                    allow: .protected, environment: change.name,
                    message: "\(change.name) is protected",
                    remedy: "what is protected changes on purpose only: look at the plan again, or "
                        + "leave it out with --target"))
        }
        if let former = change.loweredMode {
            refusals.append(
                Refusal(
                    allow: .modeDowngrade, environment: change.name,
                    message: "\(change.name): \(modeDowngradeMessage)",
                    remedy: "to keep them, write webhook_mode: \(former.word) again"))
        }
        if let message = aheadMessage(of: change) {
            refusals.append(
                Refusal(
                    allow: .stateBehind, environment: change.name,
                    message: "\(change.name): \(message)",
                    remedy: "bring the later version here first (git merge or git pull), and plan "
                        + "again"))
        }
        return refusals
    }

    /// What is more than sending the same again. Where another ref is ahead it counts before it is
    /// allowed too: every `--allow` is listed at once.
    private static func counts(_ change: Change) -> Bool {
        change.action == .register || change.action == .update || change.finding != nil
    }

    /// What to do where another ref is ahead; nil where none is.
    static func aheadMessage(of change: Change) -> String? {
        (change.finding?.ahead).map { ahead in
            "\(PrintableText(ahead.ref)) holds a later version of its record (commit "
                + "\(ahead.commit)): merge it, or rebase on it"
        }
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
            counts(change) && (change.action != .register || recorded > 0)
        }
        guard counted > allowed else { return [] }
        let subject = counted == 1 ? "1 change is" : "\(counted) changes are"
        return [
            Refusal(
                allow: .maxChanges, environment: nil,
                message: "\(subject) more than policy.max_changes \(limit) allows (\(allowed) of "
                    + "\(recorded) recorded)",
                remedy: "look for a mistake in defaults, or apply in parts with --target")
        ]
    }
}
