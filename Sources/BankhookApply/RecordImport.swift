package import BankhookModel
package import BankhookState

/// Records what the configuration says is already registered (specification, section 7,
/// `state import`). Nothing is sent.
package struct RecordImport: Sendable {
    private let writer: RecordWriter

    /// `holder` is who holds the lock, `tool` what the record names as its writer, and `revision`
    /// the configuration's commit, where it is known.
    package init(
        of environment: Environment, secrets: SecretValues, holder: LockHolder, tool: String,
        revision: String? = nil
    ) {
        writer = RecordWriter(
            environment: environment, secrets: secrets, holder: holder, tool: tool,
            revision: revision, highestSerial: 0)
    }

    /// Writes the record durably where there is none. `makeID` makes UUIDs in lower case.
    package func run(
        in store: some RecordStore, at moment: Timestamp, makeID: () -> String
    ) async throws(RecordChangeError) {
        let name = writer.environment.name
        let record: Record?
        do throws(StateError) {
            record = try store.snapshot(of: name).decoded?.record
        } catch {
            throw .state(error)
        }
        if let record {
            guard record.applied == nil, let pending = record.pending else {
                throw .alreadyRecorded(name)
            }
            throw .firstIntent(name, since: pending.unknownSince)
        }
        guard let imported = writer.imported(newLineage: makeID, at: moment) else {
            throw .noLineage(name)
        }
        do throws(StateError) {
            try await store.write(imported, temporary: makeID())
        } catch {
            throw .state(error)
        }
    }
}
