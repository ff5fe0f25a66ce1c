internal import BankhookModel

/// A version of a record that history holds. One with an intent stands for the settled version that
/// the intent names.
struct RecordVersion {
    let serial: Int
    /// The settled version's; nil before the first one.
    let settled: Checksum?
    let isIntent: Bool
    /// The commits that brought it.
    let commits: [Int]

    init(serial: Int, settled: Checksum?, isIntent: Bool, commits: [Int]) {
        self.serial = serial
        self.settled = settled
        self.isIntent = isIntent
        self.commits = commits
    }

    init(_ record: Record, checksum: Checksum, commits: [Int]) {
        serial = record.serial
        settled = record.pending == nil ? checksum : record.pending?.settled
        isIntent = record.pending != nil
        self.commits = commits
    }
}
