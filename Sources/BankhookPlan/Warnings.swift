internal import BankhookModel

/// What a reader of the plan should know.
enum Warnings {
    static func warnings(about changes: [Change], records: [Record]) -> [PlanWarning] {
        let contacted = Set(
            records.compactMap { $0.applied?.registration.baseURL.host.nameForMatching })
        return changes.flatMap { warnings(about: $0, contacted: contacted) }
            + accountNotCompared(changes)
    }

    private static func warnings(about change: Change, contacted: Set<String>) -> [PlanWarning] {
        var warnings = [PlanWarning]()
        if change.lowersMode {
            warnings.append(
                PlanWarning(.modeDowngrade, change.name, SafetyChecks.modeDowngradeMessage))
        }
        if change.action == .orphaned, let pending = change.record?.pending {
            warnings.append(
                PlanWarning(
                    .orphanUnknown, change.name,
                    "no longer declared, and its outcome is unknown since \(pending.unknownSince)"))
        }
        if change.action.sends, let baseURL = change.after?.baseURL, !baseURL.isKnown,
            !contacted.contains(baseURL.host.nameForMatching)
        {
            warnings.append(
                PlanWarning(
                    .firstContact, change.name,
                    "credentials go to \(baseURL.host) for the first time"))
        }
        return warnings
    }

    private static func accountNotCompared(_ changes: [Change]) -> [PlanWarning] {
        let count = changes.count { $0.desired != nil && !$0.isAccountCompared }
        guard count > 0 else { return [] }
        let subject = count == 1 ? "1 environment was" : "\(count) environments were"
        return [
            PlanWarning(
                .accountNotCompared, nil,
                "\(subject) planned without credentials: a rotated key or secret would not show")
        ]
    }
}
