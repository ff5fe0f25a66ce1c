package import BankhookModel

/// Gives a record the name of another environment (specification, section 7, `state move`).
package struct RecordMove: Equatable, Sendable {
    package let old: EnvironmentName
    package let new: EnvironmentName

    package init(from old: EnvironmentName, to new: EnvironmentName) {
        self.old = old
        self.new = new
    }

    /// The moves that would leave both records behind when they are cut short: none, one, or both
    /// where two first intents do not tell which came first.
    package static func unfinished(between first: Record, and second: Record) -> [RecordMove] {
        [(first, second), (second, first)].filter { old, new in
            moved(old, to: new.environment) == new
        }.map { old, new in RecordMove(from: old.environment, to: new.environment) }
    }

    /// The record under its new name: the next settled version, with lineage, registration and
    /// intent kept.
    ///
    /// An intent names the settled version that it stands on, so it names the new one. A first
    /// intent stands on none: it keeps serial 0.
    package static func moved(_ record: Record, to name: EnvironmentName) -> Record {
        guard record.applied != nil else {
            return Record(
                environment: name, lineage: record.lineage, serial: record.serial,
                previous: record.previous, applied: nil, pending: record.pending)
        }
        let settled = Record(
            environment: name, lineage: record.lineage, serial: record.serial + 1,
            previous: record.pending?.settled ?? RecordCodec.checksum(of: record),
            applied: record.applied, pending: nil)
        guard let pending = record.pending else { return settled }
        return Record(
            environment: name, lineage: settled.lineage, serial: settled.serial,
            previous: settled.previous, applied: settled.applied,
            pending: pending.following(RecordCodec.checksum(of: settled)))
    }

    /// The command that does it.
    package var command: String { "bankhook state move \(old) \(new)" }

    /// Writes the new record durably, then removes the old one durably.
    ///
    /// Whatever stops it, the record stands under one name or both, and running it again finishes
    /// it. `id` makes the temporary file's name unique.
    package func run(
        in store: some RecordStore, temporary id: String
    ) async throws(RecordChangeError) {
        let before: Record?
        let occupant: Record?
        do throws(StateError) {
            before = try store.snapshot(of: old).decoded?.record
            occupant = try store.snapshot(of: new).decoded?.record
        } catch {
            throw .state(error)
        }
        guard let before else {
            throw occupant == nil ? .nothingRecorded(old) : .nothingToMove(self)
        }
        let moved = RecordMove.moved(before, to: new)
        if let occupant, occupant != moved {
            throw occupant.lineage == before.lineage
                ? .doesNotFollow(
                    self, unfinished: RecordMove.unfinished(between: before, and: occupant))
                : .nameTaken(self)
        }
        do throws(StateError) {
            // Also where it is there already: it may be no more than visible, and the old one must
            // not go before it is durable.
            try await store.move(moved, from: old, temporary: id)
        } catch {
            throw .moveUnfinished(self, error)
        }
    }
}
