internal import BankhookModel
internal import BankhookState

/// The records that an apply writes for one environment (specification, section 3).
struct RecordWriter {
    let environment: Environment
    let secrets: SecretValues
    let holder: LockHolder
    let tool: String
    /// The configuration's commit, where it is known.
    let revision: String?
    /// The highest settled serial that history holds, where it may be higher than the record's.
    let highestSerial: Int

    /// The record with a new intent in it; serial and chain stay those of the settled version.
    ///
    /// Nil when `newLineage`, asked where nothing is recorded, does not make a UUID.
    func intent(
        _ action: Action, after snapshot: RecordSnapshot, newLineage: () -> String,
        at moment: Timestamp
    ) -> Record? {
        let before = snapshot.decoded?.record
        guard let lineage = before?.lineage ?? Lineage(newLineage()) else { return nil }
        let settled =
            before?.pending != nil ? before?.pending?.settled : snapshot.decoded?.checksum
        let pending = Record.Pending(
            action: action, registration: environment.registration,
            account: account(lineage),
            webhookSecrets: Fingerprint.webhookSecrets(secrets, lineage: lineage),
            holder: holder.starting(at: moment), settled: settled,
            unknownSince: before?.pending?.unknownSince ?? moment, expiresAt: nil)
        return Record(
            environment: environment.name, lineage: lineage, serial: before?.serial ?? 0,
            previous: before?.previous, applied: before?.applied, pending: pending)
    }

    /// The next settled version, after a 200. Nil when the record holds no intent.
    func applied(_ intent: Record, at moment: Timestamp) -> Record? {
        guard let pending = intent.pending else { return nil }
        let applied = Record.Applied(
            registration: pending.registration, account: pending.account,
            webhookSecrets: pending.webhookSecrets, appliedAt: moment, origin: .applied,
            revision: revision, run: holder.run, tool: tool)
        return Record(
            environment: intent.environment, lineage: intent.lineage,
            serial: max(intent.serial, highestSerial) + 1, previous: pending.settled,
            applied: applied, pending: nil)
    }

    /// The first settled version of what is registered already; nothing is sent for it.
    ///
    /// Nil when `newLineage` makes no UUID.
    func imported(newLineage: () -> String, at moment: Timestamp) -> Record? {
        guard let lineage = Lineage(newLineage()) else { return nil }
        let applied = Record.Applied(
            registration: environment.registration, account: account(lineage),
            webhookSecrets: Fingerprint.webhookSecrets(secrets, lineage: lineage),
            appliedAt: moment, origin: .imported, revision: revision, run: holder.run, tool: tool)
        return Record(
            environment: environment.name, lineage: lineage, serial: 1, previous: nil,
            applied: applied, pending: nil)
    }

    private func account(_ lineage: Lineage) -> Fingerprint {
        Fingerprint.account(
            baseURL: environment.registration.baseURL, flow: environment.registration.flow,
            credentials: secrets.credentials, lineage: lineage)
    }
}
