package import BankhookModel
internal import SystemCalls

/// A directory store whose lock is held: the only thing that can write records.
package struct LockedDirectory: RecordStore {
    /// Who holds the lock: this process.
    package let holder: LockHolder
    let store: DirectoryStore
    let handle: DirectoryHandle

    /// The kind of file system, where it is one whose locks may not hold on other machines.
    package var networkFileSystem: String? { handle.networkFileSystem() }

    package func records() throws(StateErrors) -> [DecodedRecord] {
        try store.records(in: handle)
    }

    package func snapshot(of name: EnvironmentName) throws(StateError) -> RecordSnapshot {
        guard let found = try store.read(name, in: handle) else {
            return RecordSnapshot(name: name, bytes: nil, decoded: nil)
        }
        return RecordSnapshot(name: name, bytes: found.bytes, decoded: found.decoded)
    }

    package func write(_ record: Record, temporary id: String) throws(StateError) {
        try replace(record.environment, with: RecordCodec.encode(record), temporary: id)
    }

    package func restore(_ snapshot: RecordSnapshot, temporary id: String) throws(StateError) {
        guard let bytes = snapshot.bytes else {
            do throws(SystemCallError) {
                try handle.remove("\(snapshot.name).json")
            } catch {
                throw .systemCall(path: store.file(of: snapshot.name), error)
            }
            return
        }
        try replace(snapshot.name, with: bytes, temporary: id)
    }

    private func replace(_ name: EnvironmentName, with bytes: [UInt8], temporary id: String)
        throws(StateError)
    {
        do throws(SystemCallError) {
            try handle.replace(
                "\(name).json", with: bytes, temporary: ".\(name).json.tmp-\(id)")
        } catch {
            throw .systemCall(path: store.file(of: name), error)
        }
        // What was written into a directory that nobody finds any more is not recorded.
        guard handle.isStillThere() else { throw .directoryReplaced(path: store.path) }
    }
}
