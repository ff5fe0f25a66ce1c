package import BankhookModel

/// Where applied registrations are recorded: a directory, or a branch of a git remote.
///
/// What only reads takes no lock. Every instance serves one run of one command.
package protocol StateStore: Sendable {
    /// The names of all recorded environments, sorted.
    func names() async throws(StateErrors) -> [EnvironmentName]
    /// All records, sorted by name. Every file that is wrong is reported, not only the first.
    func records() async throws(StateErrors) -> [DecodedRecord]
    /// All records, and every file that is none.
    func inspection() async throws(StateErrors) -> RecordInspection
    /// One environment's record as it stands, or nil where there is none.
    func record(_ name: EnvironmentName) async throws(StateErrors) -> DecodedRecord?
    /// Lets `body` write, and nobody else meanwhile.
    ///
    /// Throws `StateError.locked` or `.leased` when somebody else may write now.
    func withLock<Result: Sendable>(
        by holder: LockHolder, _ body: (any LockedStore) async throws -> Result
    ) async throws -> Result
    /// Where an environment's record stands, for messages.
    func file(of name: EnvironmentName) -> String
    /// Whether the records are files on this machine, which somebody has to commit.
    var isOnDisk: Bool { get }
}
