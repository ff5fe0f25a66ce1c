#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Looks for a name in a directory and in those above it, as git looks for its repository.
package enum UpwardSearch {
    /// Whether the name is there: in the directory, or above it on the same file system. A directory
    /// that does not exist is above nothing.
    package static func finds(_ name: String, from path: String) throws(SystemCallError) -> Bool {
        guard let start = try realPath(of: path), let device = try status(of: start)?.st_dev else {
            return false
        }
        var directory = start == "/" ? "" : start
        while true {
            guard try status(of: directory.isEmpty ? "/" : directory)?.st_dev == device else {
                return false
            }
            if try status(of: "\(directory)/\(name)") != nil { return true }
            guard let slash = directory.lastIndex(of: "/") else { return false }
            directory = String(directory[..<slash])
        }
    }

    /// A path without links in it, or nil where nothing has that path.
    package static func realPath(of path: String) throws(SystemCallError) -> String? {
        guard let pointer = unsafe realpath(path, nil) else {
            guard errno == ENOENT || errno == ENOTDIR else {
                throw SystemCallError("realpath", number: errno)
            }
            return nil
        }
        defer { unsafe free(pointer) }
        return unsafe String(cString: pointer)
    }

    private static func status(of path: String) throws(SystemCallError) -> stat? {
        var status = stat()
        guard unsafe lstat(path, &status) != 0 else { return status }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw SystemCallError("lstat", number: errno)
        }
        return nil
    }
}
