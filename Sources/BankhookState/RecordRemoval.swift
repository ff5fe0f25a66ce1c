package import BankhookModel

/// Forgets a record (specification, section 7, `state forget`). BankConnect is told nothing.
package struct RecordRemoval: Sendable {
    private let name: EnvironmentName
    private let allowsUnknownOutcome: Bool

    /// A record in doubt is forgotten only where `allowsUnknownOutcome`.
    package init(of name: EnvironmentName, allowsUnknownOutcome: Bool) {
        self.name = name
        self.allowsUnknownOutcome = allowsUnknownOutcome
    }

    /// Removes the record's file durably.
    package func run(in store: some RecordStore) async throws(RecordChangeError) {
        let record: Record?
        do throws(StateError) {
            record = try store.snapshot(of: name).decoded?.record
        } catch {
            throw .state(error)
        }
        guard let record else { throw .nothingRecorded(name) }
        if let pending = record.pending, !allowsUnknownOutcome {
            throw .outcomeUnknown(name, since: pending.unknownSince)
        }
        do throws(StateError) {
            try await store.remove(name)
        } catch {
            throw .state(error)
        }
    }
}
