#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// What a path stands for: the bytes of a plain file, or why there are none.
package enum FileContent: Equatable, Sendable {
    case absent
    case file([UInt8])
    case tooLarge
    /// Anything but a plain file; the words say what.
    case other(String)

    /// Reads a plain file of at most `limit` bytes, through links, and never waits for a pipe or
    /// reads a device.
    package static func read(path: String, limit: Int) throws(SystemCallError) -> FileContent {
        try read(
            unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), limit: limit,
            allowsOtherNames: true)
    }

    /// Reads what was just opened, and closes it; a negative descriptor is an opening that failed.
    static func read(_ file: Int32, limit: Int, allowsOtherNames: Bool)
        throws(SystemCallError) -> FileContent
    {
        guard file >= 0 else {
            switch errno {
            case ENOENT: return .absent
            case ELOOP: return .other("a symbolic link")
            case ENXIO: return .other("a socket")
            default: throw SystemCallError("open", number: errno)
            }
        }
        defer { close(file) }
        let status = try status(of: file)
        if let kind = kind(status, allowsOtherNames: allowsOtherNames) { return .other(kind) }
        guard status.st_size <= limit else { return .tooLarge }
        return try bytes(of: file, expected: Int(status.st_size), limit: limit)
    }

    /// What the system knows of an open file.
    static func status(of file: Int32) throws(SystemCallError) -> stat {
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            throw SystemCallError("fstat", number: errno)
        }
        return status
    }

    /// What an open file is in a word, or nil where it is a plain file.
    static func kind(_ status: stat, allowsOtherNames: Bool) -> String? {
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            allowsOtherNames || status.st_nlink == 1
                ? nil : "a hard link: another name shares it"
        case S_IFDIR: "a directory"
        case S_IFIFO: "a named pipe"
        default: "a device or socket"
        }
    }

    private static func bytes(of file: Int32, expected: Int, limit: Int)
        throws(SystemCallError) -> FileContent
    {
        var bytes = [UInt8]()
        bytes.reserveCapacity(expected)
        var chunk = [UInt8](repeating: 0, count: min(expected, 1 << 20) + 1)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                retrying {
                    unsafe pread(file, buffer.baseAddress, buffer.count, off_t(bytes.count))
                }
            }
            guard count >= 0 else { throw SystemCallError("read", number: errno) }
            guard count > 0 else { return .file(bytes) }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { return .tooLarge }
        }
    }
}
