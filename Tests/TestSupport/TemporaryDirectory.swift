import FoundationEssentials

/// A new, empty directory of the test's own.
package struct TemporaryDirectory: Sendable {
    /// Absolute, and free of symbolic links as far as the system's temporary directory is.
    package let path: String

    /// Makes the directory, with mode 0700; throws what the file system says.
    package init() throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "bankhook-tests-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        path = directory.path(percentEncoded: false).droppingTrailingSlash
    }

    /// Removes the directory and what is in it.
    package func remove() throws {
        try FileManager.default.removeItem(atPath: path)
    }
}

/// Gives `body` the path of a new, empty directory, and removes it afterwards in any case.
package func withTemporaryDirectory<Value>(
    _ body: (_ path: String) async throws -> Value
) async throws -> Value {
    let directory = try TemporaryDirectory()
    // A test that removed the directory itself, or locked it, has already said what it wanted.
    defer { try? directory.remove() }
    return try await body(directory.path)
}

extension String {
    fileprivate var droppingTrailingSlash: String {
        hasSuffix("/") ? String(dropLast()) : self
    }
}
