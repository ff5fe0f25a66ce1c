package import BankhookModel

/// Desired and recorded state in, plan out: no input or output, so that it can be computed anywhere.
package struct Planner: Sendable {
    package let policy: Policy
    package let now: Timestamp
    /// Whether what the record agrees with was asked to be sent again.
    package let isReasserting: Bool
    package let history: RecordHistory
    /// Whether a record that another ref is ahead of is sent again, which apply refuses otherwise.
    package let overridesAhead: Bool

    package init(
        policy: Policy, now: Timestamp, isReasserting: Bool = false,
        history: RecordHistory = .none, overridesAhead: Bool = false
    ) {
        self.policy = policy
        self.now = now
        self.isReasserting = isReasserting
        self.history = history
        self.overridesAhead = overridesAhead
    }

    /// A record further ahead than this is in the future and not a clock a little off, in seconds.
    package static let clockTolerance = 300

    /// Plans for the environments whose names `isTargeted` picks, as far as they are in a shard;
    /// checks are measured against all records, and changes are counted over all shards.
    package func plan(
        desired: [DesiredEnvironment], records: [Record], shard: Shard? = nil,
        isTargeted: (EnvironmentName) -> Bool = { _ in true }
    ) -> Plan {
        var recordByName = [EnvironmentName: Record](minimumCapacity: records.count)
        for record in records { recordByName[record.environment] = record }
        let recorded = desired.map { recordByName.removeValue(forKey: $0.name) }
        let orphans = recordByName.values.sorted { $0.environment < $1.environment }
        let matches = OrphanMatches(orphans: orphans, desired: desired, records: recorded)
        var changes = [Change]()
        for (environment, record) in zip(desired, recorded) where isTargeted(environment.name) {
            changes.append(
                change(of: environment, record: record, hint: matches.hints[environment.name]))
        }
        changes += orphans.filter { isTargeted($0.environment) }.map(orphan)
        changes.sort { $0.name < $1.name }
        let fleet = changes
        if let shard { changes.removeAll { !shard.contains($0.name) } }
        return Plan(
            changes: changes,
            warnings: Warnings.warnings(
                about: changes, records: records, orphans: matches, coverage: history.coverage),
            refusals: SafetyChecks.refusals(
                of: changes, among: fleet, policy: policy,
                recorded: records.count { $0.applied != nil }),
            coverage: history.coverage)
    }

    private func orphan(_ record: Record) -> Change {
        let unknown = record.pending.map { [Reason.outcomeUnknown(since: $0.unknownSince)] } ?? []
        return Change(
            name: record.environment, action: .orphaned, reasons: [.notDeclared] + unknown,
            before: record.applied?.registration, after: nil, isAccountCompared: false,
            desired: nil, record: record, finding: nil)
    }

    private func change(of desired: DesiredEnvironment, record: Record?, hint: MoveHint?)
        -> Change
    {
        let (action, reasons) = judge(desired, record: record, hint: hint)
        return Change(
            name: desired.name, action: action, reasons: reasons,
            before: record?.applied?.registration, after: desired.environment.registration,
            isAccountCompared: desired.secrets != nil, desired: desired, record: record,
            finding: record.flatMap { history.findings[$0.lineage] })
    }

    private func judge(_ desired: DesiredEnvironment, record: Record?, hint: MoveHint?)
        -> (Action, [Reason])
    {
        let unknown =
            (record?.pending).map { [Reason.outcomeUnknown(since: $0.unknownSince)] } ?? []
        let historic = record.map(historyReasons) ?? []
        guard let record, let applied = record.applied else {
            let reason = hint.map { Reason.perhapsMoved($0, to: desired.name) } ?? .notRecorded
            return (.register, [reason] + unknown + historic)
        }
        let differences =
            fieldDifferences(from: applied.registration, to: desired.environment.registration)
            + secretDifferences(of: desired, from: applied, lineage: record.lineage)
        if !differences.isEmpty { return (.update, differences + unknown + historic) }
        let due =
            unknown + reassertReasons(desired.environment, applied: applied) + historic
        if !due.isEmpty { return (.reassert, due) }
        let age = now.seconds(since: applied.appliedAt)
        switch applied.origin {
        case .applied:
            return (.unchanged, [.recorded(age: age, isHistoryChecked: isHistoryChecked)])
        case .imported: return (.unchanged, [.imported(age: age)])
        }
    }

    private var isHistoryChecked: Bool {
        if case .incomplete = history.coverage { false } else { true }
    }

    private func historyReasons(of record: Record) -> [Reason] {
        guard let finding = history.findings[record.lineage] else { return [] }
        var reasons = [Reason]()
        if let commit = finding.rolledBackFrom {
            reasons.append(.rolledBack(commit: commit, ref: nil))
        } else if let ahead = finding.ahead, overridesAhead {
            reasons.append(.rolledBack(commit: ahead.commit, ref: ahead.ref))
        }
        if finding.isForked { reasons.append(.forked) }
        return reasons
    }

    private func fieldDifferences(from before: Registration, to after: Registration) -> [Reason] {
        var reasons = [Reason]()
        if before.webhookURL != after.webhookURL {
            reasons.append(
                .fieldChanged(
                    .webhookURL, before: before.webhookURL.text, after: after.webhookURL.text))
        }
        if before.mode != after.mode {
            reasons.append(
                .fieldChanged(
                    .webhookMode, before: "\(before.mode)", after: "\(after.mode)"))
        }
        if before.baseURL != after.baseURL {
            reasons.append(
                .fieldChanged(
                    .baseURL, before: before.baseURL.canonical, after: after.baseURL.canonical))
        }
        if before.flow != after.flow {
            reasons.append(
                .fieldChanged(
                    .flow, before: before.flow.rawValue, after: after.flow.rawValue))
        }
        return reasons
    }

    /// What credentials and secrets tell. The recorded base URL and flow go into the account's
    /// fingerprint, so that a change of those alone does not read as a changed account.
    private func secretDifferences(
        of desired: DesiredEnvironment, from applied: Record.Applied, lineage: Lineage
    ) -> [Reason] {
        guard let secrets = desired.secrets else { return [] }
        let account = Fingerprint.account(
            baseURL: applied.registration.baseURL, flow: applied.registration.flow,
            credentials: secrets.credentials, lineage: lineage)
        // The credentials are part of the secrets' key: with others, nothing can be compared.
        guard account == applied.account else { return [.accountChanged] }
        let fingerprints = Fingerprint.webhookSecrets(secrets, lineage: lineage)
        return fingerprints.keys.sorted()
            .filter { name in
                applied.webhookSecrets[name].map { $0 != fingerprints[name] } ?? false
            }
            .map(Reason.secretRotated)
    }

    private func reassertReasons(_ environment: Environment, applied: Record.Applied)
        -> [Reason]
    {
        let age = now.seconds(since: applied.appliedAt)
        var reasons = [Reason]()
        if let span = environment.reassertAfter {
            if applied.origin == .imported {
                reasons.append(.importedNeverSent)
            } else if age > span.seconds {
                reasons.append(.reassertDue(age: age, after: span))
            }
        }
        if -age > Planner.clockTolerance {
            reasons.append(.recordedInFuture(applied.appliedAt))
        }
        if isReasserting { reasons.append(.requested) }
        return reasons
    }
}
