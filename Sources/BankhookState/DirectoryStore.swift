package import BankhookModel
internal import SystemCalls

/// The directory store: one file per environment, made to be committed (specification, section 3).
package struct DirectoryStore: Sendable {
    /// As seen from the working directory.
    package let path: String

    /// No record comes near this size; a larger file is none.
    private static let maximumFileSize = 1 << 20
    static let lockName = ".lock"

    package init(path: String) {
        self.path = path
    }

    /// The names of all recorded environments, sorted; none where the directory is missing.
    package func names() throws(StateErrors) -> [EnvironmentName] {
        guard let handle = try openIfPresent() else { return [] }
        return try names(in: handle)
    }

    /// All records, sorted by name. Every file that is wrong is reported, not only the first.
    package func records() throws(StateErrors) -> [DecodedRecord] {
        guard let handle = try openIfPresent() else { return [] }
        return try records(in: handle)
    }

    /// One environment's record as it stands, or nil where there is none.
    package func record(_ name: EnvironmentName) throws(StateErrors) -> DecodedRecord? {
        guard let handle = try openIfPresent() else { return nil }
        do {
            return try read(name, in: handle)?.decoded
        } catch {
            throw StateErrors([error])
        }
    }

    /// Who holds the lock, as its file says; nil where it is empty or foreign. Nothing is locked.
    package func holder() -> LockHolder? {
        guard let handle = try? openIfPresent() else { return nil }
        return currentHolder(in: handle)
    }

    /// Holds the lock while `body` runs. `body` alone can write.
    ///
    /// Makes the directory, `.gitattributes` and `.gitignore` before it, where they are missing, and
    /// clears temporaries that a killed apply left. Throws `StateError.locked` at once when somebody
    /// else holds the lock.
    package func withLock<Result>(
        by holder: LockHolder, _ body: (LockedDirectory) async throws -> Result
    ) async throws -> Result {
        let handle = try prepare(for: holder)
        let lock = try acquire(in: handle, by: holder)
        let outcome: Swift.Result<Result, any Error>
        do {
            try removeLeftovers(in: handle)
            outcome = .success(
                try await body(LockedDirectory(holder: holder, store: self, handle: handle)))
        } catch {
            outcome = .failure(error)
        }
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
            try handle.createIfAbsent(
                ".gitattributes", bytes: Array("*.json -text -merge linguist-generated\n".utf8),
                temporary: ".gitattributes.tmp-\(holder.id)")
            try handle.createIfAbsent(
                ".gitignore", bytes: Array(".lock\n.*.tmp-*\n".utf8),
                temporary: ".gitignore.tmp-\(holder.id)")
            return handle
        } catch {
            throw stateError(error)
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

    private func removeLeftovers(in handle: DirectoryHandle) throws(StateError) {
        for name in try entries(in: handle) where name.hasPrefix(".") && name.contains(".tmp-") {
            do throws(SystemCallError) {
                try handle.remove(name)
            } catch {
                throw error.isDirectoryInstead
                    ? .notPlainFile(path: file(name), kind: "a directory")
                    : .systemCall(path: file(name), error)
            }
        }
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

    private func open() throws(SystemCallError) -> DirectoryHandle {
        try DirectoryHandle(path: plainPath)
    }

    /// Without trailing slashes: they would make the kernel follow a link in the directory's place,
    /// and hide which directory is its parent.
    private var plainPath: String {
        let end = path.lastIndex { $0 != "/" } ?? path.startIndex
        return path.isEmpty ? path : String(path[...end])
    }

    private func stateError(_ error: SystemCallError) -> StateError {
        error.isWrongKind
            ? .directoryIsNoDirectory(path: path) : .systemCall(path: path, error)
    }

    private func entries(in handle: DirectoryHandle) throws(StateError) -> [String] {
        do throws(SystemCallError) {
            return try handle.names()
        } catch {
            throw .systemCall(path: path, error)
        }
    }

    private func names(in handle: DirectoryHandle) throws(StateErrors) -> [EnvironmentName] {
        let entries: [String]
        do {
            entries = try self.entries(in: handle)
        } catch {
            throw StateErrors([error])
        }
        var names = [EnvironmentName]()
        var errors = [StateError]()
        var byLowerCase = [String: String]()
        for entry in entries.sorted() where entry.hasSuffix(".json") && !entry.hasPrefix(".") {
            if let other = byLowerCase.updateValue(entry, forKey: entry.lowercased()) {
                errors.append(.namesDifferByCase(paths: [file(other), file(entry)]))
            } else if let name = EnvironmentName(String(entry.dropLast(5))) {
                names.append(name)
            } else {
                errors.append(.nameIsNoEnvironment(path: file(entry)))
            }
        }
        guard errors.isEmpty else { throw StateErrors(errors) }
        return names.sorted()
    }

    func records(in handle: DirectoryHandle) throws(StateErrors) -> [DecodedRecord] {
        var records = [DecodedRecord]()
        var errors = [StateError]()
        var byLineage = [Lineage: EnvironmentName]()
        for name in try names(in: handle) {
            do {
                guard let found = try read(name, in: handle)?.decoded else { continue }
                records.append(found)
                if let other = byLineage.updateValue(name, forKey: found.record.lineage) {
                    errors.append(.sharedLineage(paths: [file(of: other), file(of: name)]))
                }
            } catch {
                errors.append(error)
            }
        }
        guard errors.isEmpty else { throw StateErrors(errors) }
        return records
    }

    /// A record's file as it stands: its bytes, and what they mean.
    func read(_ name: EnvironmentName, in handle: DirectoryHandle)
        throws(StateError) -> (bytes: [UInt8], decoded: DecodedRecord)?
    {
        let path = file(of: name)
        let entry: FileContent
        do throws(SystemCallError) {
            entry = try handle.read("\(name).json", limit: DirectoryStore.maximumFileSize)
        } catch {
            throw .systemCall(path: path, error)
        }
        switch entry {
        case .absent: return nil
        case .tooLarge: throw .tooLarge(path: path)
        case .other(let kind): throw .notPlainFile(path: path, kind: kind)
        case .file(let bytes):
            do throws(RecordDamage) {
                return (bytes, try RecordCodec.decode(bytes, as: name))
            } catch {
                throw .damaged(path: path, error)
            }
        }
    }

    /// The path of an environment's state file.
    package func file(of name: EnvironmentName) -> String {
        file("\(name).json")
    }

    private func file(_ name: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }
}
