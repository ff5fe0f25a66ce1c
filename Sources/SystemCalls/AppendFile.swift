#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A plain file that is added to at its end, durably, and by one process at a time.
///
/// Nothing in it is ever written over, and no link is followed: what a path that was checked out
/// points at stays as it is. All `unsafe` code of receipts is here.
package final class AppendFile: Sendable {
    private let descriptor: Int32
    private let path: String
    /// How long it was when it was opened, in bytes.
    package let length: Int
    /// Whether there was none before.
    package let isNew: Bool

    /// Opens or makes a file that only this user may read, and locks it until the end.
    package init(path: String) throws(AppendFileError) {
        self.path = path
        (descriptor, length, isNew) = try AppendFile.openLocked(path)
        do throws(SystemCallError) {
            // One that exists may have been made by somebody who was killed before this.
            try AppendFile.syncParent(of: path)
        } catch {
            close(descriptor)
            throw .systemCall(error)
        }
    }

    /// Opens an existing file to be read only; takes no lock. Nil where there is none.
    package init?(reading path: String) throws(AppendFileError) {
        let file = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            guard errno == ENOENT else { throw AppendFile.failure("open") }
            return nil
        }
        do throws(AppendFileError) {
            length = try AppendFile.plainLength(of: file)
        } catch {
            close(file)
            throw error
        }
        descriptor = file
        isNew = false
        self.path = path
    }

    deinit {
        // A child that was just forked holds a copy of the descriptor, and with it the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// The bytes from an offset on, at most so many; none at the end.
    package func read(at offset: Int, count: Int) throws(SystemCallError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let read = unsafe bytes.withUnsafeMutableBytes { buffer in
            retrying { unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
        }
        guard read >= 0 else { throw SystemCallError("read", number: errno) }
        bytes.removeLast(count - read)
        return bytes
    }

    /// Adds bytes at the end. Where it throws, some of them may stand there.
    package func append(_ bytes: [UInt8]) throws(SystemCallError) {
        try OutputDescriptor(descriptor: descriptor).write(bytes)
    }

    /// Cuts the file.
    package func truncate(to length: Int) throws(SystemCallError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            throw SystemCallError("ftruncate", number: errno)
        }
    }

    /// Makes durable what was added so far.
    package func sync() throws(SystemCallError) {
        guard fsync(descriptor) == 0 else { throw SystemCallError("fsync", number: errno) }
    }

    /// Whether its path still leads to this file: nobody renamed, replaced or removed it.
    package func isInPlace() throws(AppendFileError) -> Bool {
        try AppendFile.isStillThere(descriptor, path)
    }

    // MARK: Opening

    private static func openLocked(_ path: String) throws(AppendFileError) -> (Int32, Int, Bool) {
        var isNew = false
        while true {
            let flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
            let file = unsafe open(path, isNew ? flags | O_CREAT : flags, 0o600)
            if file < 0, errno == ENOENT, !isNew {
                isNew = true
                continue
            }
            guard file >= 0 else { throw failure("open") }
            do throws(AppendFileError) {
                _ = try plainLength(of: file)
                try lock(file)
                // Whoever held the lock may have put another file in its place.
                if try isStillThere(file, path) {
                    guard fchmod(file, 0o600) == 0 else { throw failure("fchmod") }
                    return (file, try plainLength(of: file), isNew)
                }
            } catch {
                close(file)
                throw error
            }
            close(file)
        }
    }

    private static func lock(_ file: Int32) throws(AppendFileError) {
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: throw .inUse
            default: throw failure("flock")
            }
        }
    }

    private static func plainLength(of file: Int32) throws(AppendFileError) -> Int {
        let status = try status(of: file)
        if let kind = FileContent.kind(status, allowsOtherNames: true) { throw .other(kind) }
        return Int(status.st_size)
    }

    private static func isStillThere(_ file: Int32, _ path: String) throws(AppendFileError) -> Bool
    {
        let here = try status(of: file)
        var there = stat()
        guard unsafe lstat(path, &there) == 0 else { return false }
        return here.st_dev == there.st_dev && here.st_ino == there.st_ino
    }

    private static func status(of file: Int32) throws(AppendFileError) -> stat {
        do throws(SystemCallError) {
            return try FileContent.status(of: file)
        } catch {
            throw .systemCall(error)
        }
    }

    private static func syncParent(of path: String) throws(SystemCallError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/."
        let directory = unsafe open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw SystemCallError("open", number: errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw SystemCallError("fsync", number: errno) }
    }

    private static func failure(_ call: String) -> AppendFileError {
        switch errno {
        case ELOOP: .other("a symbolic link")
        case EISDIR: .other("a directory")
        case ENXIO: .other("a named pipe or socket")
        default: .systemCall(SystemCallError(call, number: errno))
        }
    }
}
