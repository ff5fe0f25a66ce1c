#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Where a path leads, as an absolute path through no link.
package func resolvedPath(_ path: String) throws(SystemCallError) -> String {
    guard let resolved = unsafe realpath(path, nil) else {
        throw SystemCallError("realpath", number: errno)
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
}

/// The working directory, or nil where it is gone or cannot be read.
package func workingDirectory() -> String? {
    try? resolvedPath(".")
}
