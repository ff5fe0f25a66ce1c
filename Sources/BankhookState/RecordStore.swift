package import BankhookModel

/// Where an apply records what it does. Whoever holds one holds the lock.
///
/// A write that returns is durable; a write that throws may or may not have happened.
package protocol RecordStore: Sendable {
    /// One environment's record as it stands now.
    func snapshot(of name: EnvironmentName) throws(StateError) -> RecordSnapshot
    /// Replaces a record whole. `id` makes the temporary file's name unique.
    func write(_ record: Record, temporary id: String) async throws(StateError)
    /// Puts back, byte for byte, what a snapshot held; removes the file where it held none.
    func restore(_ snapshot: RecordSnapshot, temporary id: String) async throws(StateError)
    /// Removes a record; one that is absent already is fine.
    func remove(_ name: EnvironmentName) async throws(StateError)
}
