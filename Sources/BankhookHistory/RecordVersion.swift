internal import BankhookModel
internal import BankhookState

/// A version of a record that history holds. One with an intent stands for the settled version that
/// the intent names.
struct RecordVersion {
    let environment: EnvironmentName
    /// Its own, with the intent.
    let checksum: Checksum
    let serial: Int
    /// The checksum of the settled version before.
    let previous: Checksum?
    /// The settled version's; nil before the first one.
    let settled: Checksum?
    let isIntent: Bool
    /// What no apply could have written.
    let flaw: String?
    /// The commits that brought it.
    private(set) var commits: [Int]

    init(_ decoded: DecodedRecord, commits: [Int]) {
        let record = decoded.record
        environment = record.environment
        checksum = decoded.checksum
        serial = record.serial
        previous = record.previous
        settled = record.pending == nil ? checksum : record.pending?.settled
        isIntent = record.pending != nil
        flaw = record.flaw
        self.commits = commits
    }

    /// The same with the commits of a history only; nil where that does not have it.
    func limited(to history: Set<Int>) -> RecordVersion? {
        var version = self
        version.commits.removeAll { !history.contains($0) }
        return version.commits.isEmpty ? nil : version
    }
}
