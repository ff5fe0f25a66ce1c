package import BankhookModel
internal import SystemCalls

/// The directory store: one file per environment, made to be committed (specification, section 3).
package struct DirectoryStore: StateStore {
    /// As seen from the working directory.
    package let path: String

    static let lockName = ".lock"
    /// What git is told of records: as they are, never merged, folded in reviews.
    package static let attributes = "*.json -text -merge linguist-generated\n"

    package init(path: String) {
        self.path = path
    }

    package var isOnDisk: Bool { true }

    /// The names of all recorded environments, sorted; none where the directory is missing.
    package func names() throws(StateErrors) -> [EnvironmentName] {
        guard let handle = try openIfPresent() else { return [] }
        return try RecordReader(path: path, files: handle).names()
    }

    /// All records, sorted by name. Every file that is wrong is reported, not only the first.
    package func records() throws(StateErrors) -> [DecodedRecord] {
        guard let handle = try openIfPresent() else { return [] }
        return try RecordReader(path: path, files: handle).records()
    }

    /// All records, and every file that is none; nothing where the directory is missing.
    package func inspection() throws(StateErrors) -> RecordInspection {
        guard let handle = try openIfPresent() else {
            return RecordInspection(records: [], faults: [])
        }
        do {
            return try RecordReader(path: path, files: handle).inspection()
        } catch {
            throw StateErrors([error])
        }
    }

    /// One environment's record as it stands, or nil where there is none.
    package func record(_ name: EnvironmentName) throws(StateErrors) -> DecodedRecord? {
        guard let handle = try openIfPresent() else { return nil }
        do {
            return try RecordReader(path: path, files: handle).read(name)?.decoded
        } catch {
            throw StateErrors([error])
        }
    }

    /// Who holds the lock, as its file says; nil where it is empty or foreign. Nothing is locked.
    package func holder() -> LockHolder? {
        guard let handle = try? openIfPresent() else { return nil }
        return currentHolder(in: handle)
    }

    /// Why the lock file does not tell who holds the lock; nil where it does, or nobody ever took it.
    package func lockFileProblem() -> String? {
        do throws(SystemCallError) {
            switch try open().read(DirectoryStore.lockName, limit: 4_096) {
            case .absent, .file([]): return nil
            case .file(let bytes):
                return LockHolderCodec.decode(bytes) == nil ? "it names no holder" : nil
            case .tooLarge: return "it is too large"
            case .other(let kind): return "it is \(kind)"
            }
        } catch {
            return error.isAbsence ? nil : "\(error)"
        }
    }

    /// Holds the lock while `body` runs. `body` alone can write.
    ///
    /// Makes the directory, `.gitattributes` and `.gitignore` before it, where they are missing, and
    /// clears temporaries that a killed apply left. Throws `StateError.locked` at once when somebody
    /// else holds the lock.
    package func withLock<Result: Sendable>(
        by holder: LockHolder, _ body: (any LockedStore) async throws -> Result
    ) async throws -> Result {
        let handle = try prepare(for: holder)
        let lock = try acquire(in: handle, by: holder)
        let directory = LockedDirectory(
            holder: holder, path: path, files: handle,
            networkFileSystem: handle.networkFileSystem())
        let outcome: Swift.Result<Result, any Error>
        do {
            try Leftovers.clear(in: handle, path: path)
            outcome = .success(try await body(directory))
        } catch {
            outcome = .failure(error)
        }
        await directory.finish()
        // Before the lock file's: whoever gets that one must get this one too.
        handle.unlock()
        // The lock ends with its descriptor whether or not its text could be emptied.
        try? lock.write([])
        _ = consume lock
        return try outcome.get()
    }

    private func prepare(for holder: LockHolder) throws(StateError) -> DirectoryHandle {
        do throws(SystemCallError) {
            try DirectoryHandle.create(path: plainPath)
            let handle = try open()
            try createIfAbsent(
                ".gitattributes", text: DirectoryStore.attributes, in: handle,
                by: holder)
            try createIfAbsent(".gitignore", text: ".lock\n.*.tmp-*\n", in: handle, by: holder)
            return handle
        } catch {
            throw stateError(error)
        }
    }

    /// Creates a file durably unless something has its name already.
    private func createIfAbsent(
        _ name: String, text: String, in handle: DirectoryHandle, by holder: LockHolder
    ) throws(SystemCallError) {
        let bytes = Array(text.utf8)
        while try handle.read(name, limit: bytes.count) == .absent {
            let change = FileChange.replace(
                name, bytes: bytes, temporary: "\(name).tmp-\(holder.id)")
            for case .failure(let error) in FileCommit.commit([change], to: handle) {
                // Somebody who holds the lock may have cleared the temporary away: once more.
                guard error.call == "rename", error.isAbsence, handle.isStillThere() else {
                    throw error
                }
            }
        }
    }

    private func acquire(in handle: DirectoryHandle, by holder: LockHolder)
        throws(StateError) -> LockFile
    {
        let lock: LockFile
        let foreignKind: String?
        let isHeld: Bool
        do throws(SystemCallError) {
            lock = try handle.openLockFile(DirectoryStore.lockName)
        } catch {
            throw .systemCall(path: file(DirectoryStore.lockName), error)
        }
        do throws(SystemCallError) {
            foreignKind = try lock.foreignKind()
        } catch {
            throw .systemCall(path: file(DirectoryStore.lockName), error)
        }
        if let foreignKind {
            throw .notPlainFile(path: file(DirectoryStore.lockName), kind: foreignKind)
        }
        do throws(SystemCallError) {
            isHeld = try lock.tryLock()
        } catch {
            throw .locksUnsupported(path: file(DirectoryStore.lockName), error)
        }
        guard isHeld, handle.tryLock() else {
            throw .locked(path: file(DirectoryStore.lockName), by: currentHolder(in: handle))
        }
        do throws(SystemCallError) {
            try lock.write(LockHolderCodec.encode(holder))
        } catch {
            throw .systemCall(path: file(DirectoryStore.lockName), error)
        }
        return lock
    }

    private func currentHolder(in handle: DirectoryHandle) -> LockHolder? {
        guard case .file(let bytes)? = try? handle.read(DirectoryStore.lockName, limit: 4_096)
        else { return nil }
        return LockHolderCodec.decode(bytes)
    }

    // MARK: Reading

    private func openIfPresent() throws(StateErrors) -> DirectoryHandle? {
        do throws(SystemCallError) {
            return try open()
        } catch {
            if error.isAbsence { return nil }
            throw StateErrors([stateError(error)])
        }
    }

    func open() throws(SystemCallError) -> DirectoryHandle {
        try DirectoryHandle(path: plainPath)
    }

    /// Without trailing slashes: they would make the kernel follow a link in the directory's place,
    /// and hide which directory is its parent.
    var plainPath: String {
        let end = path.lastIndex { $0 != "/" } ?? path.startIndex
        return path.isEmpty ? path : String(path[...end])
    }

    func stateError(_ error: SystemCallError) -> StateError {
        error.isWrongKind
            ? .directoryIsNoDirectory(path: path) : .systemCall(path: path, error)
    }

    /// The path of an environment's state file.
    package func file(of name: EnvironmentName) -> String {
        file("\(name).json")
    }

    func file(_ name: String) -> String { RecordReader.file(name, in: path) }
}
