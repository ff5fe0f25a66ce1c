internal import CBankhook

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// An open directory, and the system calls of the store on the files in it.
///
/// Everything goes through the directory's descriptor, so that nobody can swap the directory for
/// another one between two calls, and no call follows a link. All `unsafe` code of the store is here.
package final class DirectoryHandle: Sendable {
    /// As it was opened, for messages.
    package let path: String
    private let descriptor: Int32

    /// Opens an existing directory.
    package init(path: String) throws(SystemCallError) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemCallError("open", number: errno) }
    }

    deinit {
        // A child that was just forked holds a copy of the descriptor, and with it the lock.
        unlock()
        close(descriptor)
    }

    /// Makes a directory and its parents, durably, where they are missing.
    ///
    /// One that exists is made durable too: whoever made it may have been killed before that.
    package static func create(path: String) throws(SystemCallError) {
        guard unsafe mkdir(path, 0o777) != 0 else { return try syncParent(of: path) }
        switch errno {
        case EEXIST: return try syncParent(of: path)
        case ENOENT:
            guard let parent = parent(of: path) else {
                throw SystemCallError("mkdir", number: ENOENT)
            }
            try create(path: parent)
            guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
                throw SystemCallError("mkdir", number: errno)
            }
            try syncParent(of: path)
        default: throw SystemCallError("mkdir", number: errno)
        }
    }

    /// The folder that a path is in; nil for the working directory.
    package static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return path == "." ? nil : "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func syncParent(of path: String) throws(SystemCallError) {
        guard let parent = parent(of: path) else { return }
        let descriptor = unsafe open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemCallError("open", number: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemCallError("fsync", number: errno) }
    }

    /// What kind of remote file system the directory is on, where locks may hold for one machine
    /// only; nil for a local one, or where the system does not tell.
    package func networkFileSystem() -> String? {
        unsafe bankhook_network_file_system(descriptor).map { unsafe String(cString: $0) }
    }

    /// Whether the path still leads to this directory, and not to another one in its place.
    package func isStillThere() -> Bool {
        var (here, there) = (stat(), stat())
        guard unsafe fstat(descriptor, &here) == 0, unsafe lstat(path, &there) == 0 else {
            return false
        }
        return here.st_dev == there.st_dev && here.st_ino == there.st_ino
    }

    /// Locks the directory itself as well, for as long as it is open: the lock file can be deleted,
    /// and then another process would lock a new one. False where somebody else holds it.
    ///
    /// Some file systems lock files only; there the lock file is all that there is.
    package func tryLock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
    }

    /// Ends that lock.
    package func unlock() {
        flock(descriptor, LOCK_UN)
    }

    /// The names of everything in the directory, in no order.
    package func names() throws(SystemCallError) -> [String] {
        let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw SystemCallError("open", number: errno) }
        guard let stream = unsafe fdopendir(copy) else {
            close(copy)
            throw SystemCallError("fdopendir", number: errno)
        }
        defer { unsafe closedir(stream) }
        var names = [String]()
        errno = 0
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
                unsafe String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
            errno = 0
        }
        guard errno == 0 else { throw SystemCallError("readdir", number: errno) }
        return names
    }

    /// Reads a plain file with one name, without following a link or waiting for a pipe.
    package func read(_ name: String, limit: Int) throws(SystemCallError) -> FileContent {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        return try FileContent.read(
            unsafe openat(descriptor, name, flags), limit: limit, allowsOtherNames: false)
    }

    /// Creates a file that does not exist yet; its content is durable when `isSynced`.
    package func create(_ name: String, bytes: [UInt8], isSynced: Bool) throws(SystemCallError) {
        try create(name, bytes: bytes, isSynced: isSynced, mode: nil)
    }

    /// The same with a mode that is set as it is given, whatever the process's mask.
    func create(
        _ name: String, bytes: [UInt8], isSynced: Bool, mode: UInt32?
    ) throws(SystemCallError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let file = unsafe openat(descriptor, name, flags, 0o666)
        guard file >= 0 else { throw SystemCallError("open", number: errno) }
        do throws(SystemCallError) {
            try write(bytes, to: file)
            if let mode, fchmod(file, mode_t(mode)) != 0 {
                throw SystemCallError("fchmod", number: errno)
            }
            guard !isSynced || fsync(file) == 0 else {
                throw SystemCallError("fsync", number: errno)
            }
        } catch {
            close(file)
            throw error
        }
        guard close(file) == 0 else { throw SystemCallError("close", number: errno) }
    }

    private func write(_ bytes: [UInt8], to file: Int32) throws(SystemCallError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { buffer in
                retrying { unsafe pwrite(file, buffer.baseAddress, buffer.count, off_t(written)) }
            }
            guard count > 0 else { throw SystemCallError("write", number: errno) }
            written += count
        }
    }

    /// Whether `syncAll` exists here and reports every write that failed.
    package var canSyncAll: Bool { bankhook_can_sync_file_system() != 0 }

    /// Makes durable what every file on the directory's file system holds, in one go.
    package func syncAll() throws(SystemCallError) {
        guard bankhook_sync_file_system(descriptor) == 0 else {
            throw SystemCallError("syncfs", number: errno)
        }
    }

    /// Gives a file another's name, in the other's place where there is one.
    package func rename(_ name: String, to newName: String) throws(SystemCallError) {
        guard unsafe renameat(descriptor, name, descriptor, newName) == 0 else {
            throw SystemCallError("rename", number: errno)
        }
    }

    /// Removes a file; one that is absent already is fine.
    package func unlink(_ name: String) throws(SystemCallError) {
        guard unsafe unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else {
            throw SystemCallError("unlink", number: errno)
        }
    }

    /// Makes durable which names the directory holds.
    package func syncDirectory() throws(SystemCallError) {
        guard fsync(descriptor) == 0 else { throw SystemCallError("fsync", number: errno) }
    }

    /// Opens or creates the file that is locked.
    package func openLockFile(_ name: String) throws(SystemCallError) -> LockFile {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let file = unsafe openat(descriptor, name, flags, 0o666)
        guard file >= 0 else { throw SystemCallError("open", number: errno) }
        return LockFile(descriptor: file)
    }
}
