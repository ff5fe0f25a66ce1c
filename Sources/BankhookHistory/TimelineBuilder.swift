internal import BankhookModel
internal import BankhookState

/// Tells commit after commit, oldest first, what became of the records.
struct TimelineBuilder {
    /// What a commit did to one environment's file.
    struct Change {
        let environment: EnvironmentName
        let before: FileVersion
        let after: FileVersion
    }

    /// Newest first.
    private(set) var events: [RecordEvent] = []
    /// Where each lineage was last, and as what.
    private var latest: [Lineage: Record] = [:]
    private var seen: Set<Checksum> = []

    /// Adds what the next commit did. Where `isBoundary`, what was before it is not in this clone.
    mutating func add(_ changes: [Change], in commit: RecordCommit?, isBoundary: Bool = false) {
        let changes = changes.sorted { $0.environment < $1.environment }
        let leaving = TimelineBuilder.leaving(changes)
        let arriving = Set(changes.compactMap(TimelineBuilder.arrival))
        var found = [RecordEvent]()
        for change in changes {
            if case .absent = change.after, let gone = change.before.decoded?.record.lineage,
                arriving.contains(gone)
            {
                // Told where it arrives.
                continue
            }
            if let event = event(change, in: commit, leaving: leaving, isBoundary: isBoundary) {
                found.append(event)
            }
        }
        for decoded in changes.compactMap(\.after.decoded) {
            latest[decoded.record.lineage] = decoded.record
            seen.insert(decoded.checksum)
        }
        events = found + events
    }

    /// The records whose file became another one, or none.
    private static func leaving(_ changes: [Change]) -> [Lineage: Record] {
        var leaving = [Lineage: Record]()
        for change in changes {
            guard let before = change.before.decoded?.record,
                change.after.decoded?.record.lineage != before.lineage
            else { continue }
            leaving[before.lineage] = before
        }
        return leaving
    }

    private static func arrival(_ change: Change) -> Lineage? {
        guard let after = change.after.decoded?.record,
            change.before.decoded?.record.lineage != after.lineage
        else { return nil }
        return after.lineage
    }

    private func event(
        _ change: Change, in commit: RecordCommit?, leaving: [Lineage: Record], isBoundary: Bool
    ) -> RecordEvent? {
        let before = change.before.decoded?.record
        switch change.after {
        case .absent:
            let isIntent = before?.applied == nil && before?.pending?.expiresAt != nil
            return RecordEvent(
                isIntent ? .withdrawn : .forgotten, of: change.environment, in: commit,
                before: before)
        case .unread:
            return RecordEvent(.unread, of: change.environment, in: commit, before: before)
        case .damaged(let problem):
            return RecordEvent(
                .damaged, of: change.environment, in: commit, before: before, problem: problem)
        case .record(let after):
            guard let old = change.before.decoded,
                old.record.lineage == after.record.lineage
            else {
                return arrival(
                    of: after, change, in: commit, leaving: leaving, isBoundary: isBoundary)
            }
            // Line endings or layout: the same version.
            guard old.checksum != after.checksum else { return nil }
            return RecordEvent(
                TimelineBuilder.kind(from: old.record, to: after.record),
                of: change.environment, in: commit, before: old.record, after: after.record)
        }
    }

    // MARK: Kinds

    /// What it means that one version of a record followed another one.
    private static func kind(from old: Record, to new: Record) -> RecordEvent.Kind {
        if new.serial < old.serial { return .rolledBack }
        if let pending = new.pending { return kind(of: pending) }
        if new.serial == old.serial {
            // In a directory a failure restores the file before anybody could commit its intent.
            return old.pending?.expiresAt == nil ? .rolledBack : .withdrawn
        }
        guard let before = old.applied, let after = new.applied else {
            return new.applied?.origin == .imported ? .imported : .registered
        }
        let isSame =
            before.registration == after.registration && before.account == after.account
            && before.webhookSecrets == after.webhookSecrets
        return isSame ? .reasserted : .updated
    }

    /// On a branch every run commits its intents first; in a directory one that is committed was
    /// never resolved.
    private static func kind(of pending: Record.Pending) -> RecordEvent.Kind {
        let isFresh = pending.unknownSince == pending.holder.startedAt
        return pending.expiresAt != nil && isFresh ? .intent : .inDoubt
    }

    /// A record that comes to a file which held none of its versions.
    private func arrival(
        of decoded: DecodedRecord, _ change: Change, in commit: RecordCommit?,
        leaving: [Lineage: Record], isBoundary: Bool
    ) -> RecordEvent {
        let record = decoded.record
        let source = leaving[record.lineage] ?? latest[record.lineage]
        if let source, source.environment != change.environment, !seen.contains(decoded.checksum) {
            return RecordEvent(
                .moved, of: change.environment, in: commit, before: source, after: record,
                formerName: source.environment)
        }
        return RecordEvent(
            kind(ofArriving: decoded, after: change.before, isBoundary: isBoundary),
            of: change.environment, in: commit, before: change.before.decoded?.record,
            after: record)
    }

    private func kind(
        ofArriving decoded: DecodedRecord, after before: FileVersion, isBoundary: Bool
    ) -> RecordEvent.Kind {
        let record = decoded.record
        if case .damaged = before { return .restored }
        if latest[record.lineage] != nil {
            return before.decoded == nil ? .restored : .rolledBack
        }
        if let pending = record.pending { return TimelineBuilder.kind(of: pending) }
        if case .unread = before { return .firstSeen }
        if isBoundary || record.serial > 1 { return .firstSeen }
        return record.applied?.origin == .imported ? .imported : .registered
    }
}
