internal import BankhookModel

/// What a reader of the plan should know.
enum Warnings {
    static func warnings(
        about changes: [Change], records: [Record], orphans: OrphanMatches,
        coverage: RecordHistory.Coverage
    ) -> [PlanWarning] {
        let contacted = Set(
            records.compactMap { $0.applied?.registration.baseURL.host.nameForMatching })
        return changes.flatMap { change in
            warnings(about: change, contacted: contacted) + accountInUse(change, orphans)
        } + accountNotCompared(changes, orphans: orphans.uncompared) + historyIncomplete(coverage)
    }

    private static func warnings(about change: Change, contacted: Set<String>) -> [PlanWarning] {
        var warnings = [PlanWarning]()
        if change.lowersMode {
            warnings.append(
                PlanWarning(.modeDowngrade, change.name, SafetyChecks.modeDowngradeMessage))
        }
        if let message = SafetyChecks.aheadMessage(of: change) {
            warnings.append(PlanWarning(.stateBehind, change.name, message))
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

    private static func historyIncomplete(_ coverage: RecordHistory.Coverage) -> [PlanWarning] {
        guard case .incomplete(let problem, let wayOut) = coverage else { return [] }
        return [PlanWarning(.historyIncomplete, nil, "\(problem); \(wayOut)")]
    }

    /// An orphan whose account a declared environment uses, which registers its own URL there.
    private static func accountInUse(_ orphan: Change, _ orphans: OrphanMatches) -> [PlanWarning] {
        guard orphan.action == .orphaned, let user = orphans.users[orphan.name] else { return [] }
        let isMoved =
            orphans.hints[user] == .orphan(orphan.name, isAccountCompared: true)
        return [
            PlanWarning(
                .sharedCredentials, orphan.name,
                isMoved
                    ? "'\(user)' uses its account and wants the same registration"
                    : "'\(user)' uses its account, where only one URL is registered; bankhook state "
                        + "forget \(orphan.name) drops this record")
        ]
    }

    private static func accountNotCompared(_ changes: [Change], orphans: Int) -> [PlanWarning] {
        let blind = changes.filter { !$0.isAccountCompared }.compactMap(\.desired)
        let count = blind.count
        let subject = count == 1 ? "1 environment was" : "\(count) environments were"
        let usable = blind.contains { $0.problems.contains(where: \.isSet) } ? "usable " : ""
        let rest = orphans == 1 ? "1 orphan was" : "\(orphans) orphans were"
        let messages = [
            count == 0
                ? nil
                : "\(subject) planned without \(usable)credentials (account not compared): a rotated "
                    + "key or secret would not show; \(UnusableSecrets.words(for: blind))",
            orphans == 0 ? nil : "\(rest) not compared with every account in use: too many",
        ].compactMap(\.self)
        guard !messages.isEmpty else { return [] }
        return [PlanWarning(.accountNotCompared, nil, messages.joined(separator: "; "))]
    }
}
