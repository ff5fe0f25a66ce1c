package import BankhookModel

/// Where an apply records what it does.
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
    /// Writes a record and removes the one of its former name: the new one first, or both at once.
    func move(_ record: Record, from old: EnvironmentName, temporary id: String)
        async throws(StateError)

    /// How intents are written: each before its own request, or all of a plan at once.
    var intents: IntentPolicy { get }
    /// Writes the intents of a whole plan, before anything of it is sent; throws where one of the
    /// records is not what its snapshot holds any more.
    func begin(_ intents: [IntentRecord]) async throws(StateError)
    /// Waits until a request of so long may leave under the lock; throws when it may not any more.
    func prepareRequest(for name: EnvironmentName, lasting timeout: Duration)
        async throws(StateError)
    /// Tells that nothing more is written for an environment: what its record holds stays.
    func leave(_ name: EnvironmentName) async
}

extension RecordStore {
    package func move(_ record: Record, from old: EnvironmentName, temporary id: String)
        async throws(StateError)
    {
        try await write(record, temporary: id)
        try await remove(old)
    }

    package var intents: IntentPolicy { .each }
    package func begin(_ intents: [IntentRecord]) async throws(StateError) {}
    package func prepareRequest(for name: EnvironmentName, lasting timeout: Duration)
        async throws(StateError)
    {}
    package func leave(_ name: EnvironmentName) async {}
}
