package import BankhookModel
internal import SystemCalls

/// A state directory whose lock is held: the only thing that can write records.
package struct LockedDirectory: LockedStore {
    /// Who holds the lock: this process.
    package let holder: LockHolder
    /// The directory's path, for messages.
    private let path: String
    private let files: any StateFiles
    private let group: GroupCommit
    /// The kind of file system, where it is one whose locks may not hold on other machines.
    package let networkFileSystem: String?

    /// Whoever makes one holds the lock of the directory that `files` are in.
    package init(
        holder: LockHolder, path: String, files: any StateFiles, networkFileSystem: String? = nil
    ) {
        self.holder = holder
        self.networkFileSystem = networkFileSystem
        self.path = path
        self.files = files
        group = GroupCommit(files: files)
    }

    /// Returns when nothing of the directory is in use any more. Every write must have returned.
    func finish() async {
        await group.finish()
    }

    /// All records, sorted by name. Every file that is wrong is reported, not only the first.
    package func records() throws(StateErrors) -> [DecodedRecord] {
        try RecordReader(path: path, files: files).records()
    }

    package func snapshot(of name: EnvironmentName) throws(StateError) -> RecordSnapshot {
        guard let found = try RecordReader(path: path, files: files).read(name) else {
            return RecordSnapshot(name: name, bytes: nil, decoded: nil)
        }
        return RecordSnapshot(name: name, bytes: found.bytes, decoded: found.decoded)
    }

    package func write(_ record: Record, temporary id: String) async throws(StateError) {
        try await replace(record.environment, with: RecordCodec.encode(record), temporary: id)
    }

    package func restore(_ snapshot: RecordSnapshot, temporary id: String) async throws(StateError)
    {
        guard let bytes = snapshot.bytes else { return try await remove(snapshot.name) }
        try await replace(snapshot.name, with: bytes, temporary: id)
    }

    package func remove(_ name: EnvironmentName) async throws(StateError) {
        try await commit(.remove("\(name).json"), of: name)
    }

    private func replace(
        _ name: EnvironmentName, with bytes: [UInt8], temporary id: String
    ) async throws(StateError) {
        try await commit(
            .replace("\(name).json", bytes: bytes, temporary: ".\(name).json.tmp-\(id)"), of: name)
    }

    private func commit(_ change: FileChange, of name: EnvironmentName) async throws(StateError) {
        do throws(GroupCommit.Failure) {
            try await group.commit(change).get()
        } catch {
            switch error {
            case .systemCall(let error):
                throw .systemCall(path: RecordReader.file("\(name).json", in: path), error)
            case .directoryReplaced: throw .directoryReplaced(path: path)
            }
        }
    }
}
