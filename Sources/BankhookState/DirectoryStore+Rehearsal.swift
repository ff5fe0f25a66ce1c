internal import SystemCalls

/// What an apply will do to the directory, tried without a record.
extension DirectoryStore {
    /// Where records can be written.
    package enum Readiness: Equatable, Sendable {
        /// In the directory; the kind of its file system, where its locks may hold on one machine only.
        case present(networkFileSystem: String?)
        /// It does not exist, and the folder that it would be made in takes a file.
        case absent(parent: String)
    }

    /// Makes a temporary file as an apply would, syncs and locks it, and removes it again; where the
    /// directory does not exist, in the folder that it would be made in. `id` is the name's end.
    ///
    /// The lock of the directory is not touched: an apply that begins now must not find it taken.
    package func rehearseWrite(_ id: String) throws(StateError) -> Readiness {
        let handle: DirectoryHandle
        do throws(SystemCallError) {
            handle = try open()
        } catch {
            guard error.isAbsence else { throw stateError(error) }
            return .absent(parent: try rehearseMaking(id, error))
        }
        try rehearseLockFile(in: handle)
        try DirectoryStore.rehearse(in: handle, at: path, id)
        return .present(networkFileSystem: handle.networkFileSystem())
    }

    /// The lock file of earlier applies may be another user's.
    private func rehearseLockFile(in handle: DirectoryHandle) throws(StateError) {
        let kind: String?
        do throws(SystemCallError) {
            guard try handle.read(DirectoryStore.lockName, limit: 4_096) != .absent else { return }
            kind = try handle.openLockFile(DirectoryStore.lockName).foreignKind()
        } catch {
            throw .systemCall(path: file(DirectoryStore.lockName), error)
        }
        guard let kind else { return }
        throw .notPlainFile(path: file(DirectoryStore.lockName), kind: kind)
    }

    /// Tries the nearest folder above that exists.
    private func rehearseMaking(_ id: String, _ absence: SystemCallError) throws(StateError)
        -> String
    {
        var folder = plainPath
        while let parent = DirectoryHandle.parent(of: folder) {
            folder = parent
            let handle: DirectoryHandle
            do throws(SystemCallError) {
                // Behind a slash, a link to a folder is one.
                handle = try DirectoryHandle(path: "\(folder)/.")
            } catch {
                guard error.isAbsence else { throw .systemCall(path: folder, error) }
                continue
            }
            try DirectoryStore.rehearse(in: handle, at: folder, id)
            return folder
        }
        throw .systemCall(path: path, absence)
    }

    /// About as much as a record, in bytes: a full disk still takes empty files.
    private static let recordSize = 4_096

    private static func rehearse(in handle: DirectoryHandle, at path: String, _ id: String)
        throws(StateError)
    {
        // What the next holder of the lock clears away, should this process be killed.
        let name = ".doctor.tmp-\(id)"
        do throws(SystemCallError) {
            try handle.create(
                name, bytes: [UInt8](repeating: 0x20, count: recordSize), isSynced: true)
        } catch {
            // A full disk takes the name and not the content.
            try? handle.unlink(name)
            throw .systemCall(path: path, error)
        }
        var failure: StateError?
        do throws(SystemCallError) {
            _ = try handle.openLockFile(name).tryLock()
        } catch {
            failure = .locksUnsupported(path: path, error)
        }
        do throws(SystemCallError) {
            try handle.unlink(name)
            try handle.syncDirectory()
        } catch {
            failure = failure ?? .systemCall(path: path, error)
        }
        if let failure { throw failure }
    }
}
