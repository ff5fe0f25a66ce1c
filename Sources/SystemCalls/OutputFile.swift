#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A file that a person named for output.
///
/// A plain file is replaced whole: whoever reads it sees the old text or the new one. A pipe or a
/// terminal is written to. A link is followed only to those, and to what `/dev` and `/proc` lead
/// to: what a file that was checked out points at is never overwritten.
package struct OutputFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    private enum Destination: Equatable {
        /// A file in a directory, whether it exists or not.
        case plain(directory: String, name: String, mode: UInt32?)
        case stream
    }

    /// Checks that the file can be written, as far as that can be told without writing.
    package func check() throws(OutputFileError) {
        guard case .plain(let directory, _, let mode) = try destination() else { return }
        guard unsafe access(directory, W_OK | X_OK) == 0 else {
            throw .systemCall(SystemCallError("access", number: errno))
        }
        guard unsafe mode == nil || access(path, W_OK) == 0 else {
            throw .systemCall(SystemCallError("access", number: errno))
        }
    }

    /// Whether what is written takes the place of what was there.
    package var isReplacedWhole: Bool {
        guard case .plain? = try? destination() else { return false }
        return true
    }

    /// Whether both are one plain file, however it is spelt.
    package func isSame(as other: OutputFile) -> Bool {
        guard case .plain(let first, let name, _)? = try? destination(),
            case .plain(let second, name, _)? = try? other.destination()
        else { return false }
        return OutputFile.isSame(first, second)
    }

    /// Whether it is the file that a path leads to, however both are spelt.
    package func isFile(at other: String) -> Bool {
        guard case .plain(_, _, _?)? = try? destination() else { return false }
        return OutputFile.isSame(path, other)
    }

    /// Whether it is, or would be, a file right in a directory.
    package func isInside(_ other: String) -> Bool {
        guard case .plain(let directory, _, _)? = try? destination() else { return false }
        return OutputFile.isSame(directory, other)
    }

    private static func isSame(_ first: String, _ second: String) -> Bool {
        var (one, two) = (stat(), stat())
        guard unsafe stat(first, &one) == 0, unsafe stat(second, &two) == 0 else { return false }
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino
    }

    /// Writes a text whole.
    package func write(_ text: String) throws(OutputFileError) {
        let destination = try destination()
        do throws(SystemCallError) {
            switch destination {
            case .plain(let directory, let name, let mode):
                try replace(name, in: DirectoryHandle(path: directory), by: text, mode: mode)
            case .stream: try append(text)
            }
        } catch {
            throw .systemCall(error)
        }
    }

    private func replace(
        _ name: String, in directory: DirectoryHandle, by text: String, mode: UInt32?
    ) throws(SystemCallError) {
        let temporary = ".bankhook.tmp-\(ProcessIdentity.process)"
        try directory.unlink(temporary)
        do throws(SystemCallError) {
            try directory.create(temporary, bytes: Array(text.utf8), isSynced: true, mode: mode)
            try directory.rename(temporary, to: name)
        } catch {
            // The first failure is the one to tell.
            try? directory.unlink(temporary)
            throw error
        }
    }

    /// At its end, so that a plain file behind `/dev/fd/3` loses nothing.
    private func append(_ text: String) throws(SystemCallError) {
        let file = unsafe open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else { throw SystemCallError("open", number: errno) }
        defer { close(file) }
        try OutputDescriptor(descriptor: file).write(text)
    }

    // MARK: What the path leads to

    private func destination() throws(OutputFileError) -> Destination {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .systemCall(.init("lstat", number: errno)) }
            return try plain(mode: nil)
        }
        guard status.st_mode & S_IFMT == S_IFLNK else { return try destination(status) }
        guard unsafe stat(path, &status) == 0 else { throw .symbolicLink }
        let isSystems = path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
        guard status.st_mode & S_IFMT == S_IFREG else { return try destination(status) }
        guard isSystems else { throw .symbolicLink }
        return .stream
    }

    private func destination(_ status: stat) throws(OutputFileError) -> Destination {
        switch status.st_mode & S_IFMT {
        case S_IFREG: return try plain(mode: UInt32(status.st_mode & 0o777))
        case S_IFIFO, S_IFCHR: return .stream
        case S_IFDIR: throw .directory
        default: throw .deviceOrSocket
        }
    }

    private func plain(mode: UInt32?) throws(OutputFileError) -> Destination {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, !name.isEmpty else { throw .directory }
        // Through a link, if it is one: the dot stands behind it.
        let parent = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/."
        var status = stat()
        guard unsafe stat(parent, &status) == 0 else {
            throw .systemCall(SystemCallError("stat", number: errno))
        }
        return .plain(directory: parent, name: String(name), mode: mode)
    }
}
