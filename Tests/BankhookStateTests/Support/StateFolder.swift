#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif
import BankhookState
import FoundationEssentials
import TestSupport

/// A folder of the test's own with a state directory in it.
struct StateFolder {
    /// The folder around the state directory.
    let root: String
    /// The state directory, which need not exist.
    var path: String { root + "/bankhook.state" }
    var store: DirectoryStore { DirectoryStore(path: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func makeDirectory() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try Data(bytes).write(to: URL(filePath: file(name)))
    }

    func bytes(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: file(name))))
    }

    func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    /// Everything in the state directory, sorted.
    func listing() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// The number that the file system knows a file by.
    func inode(of name: String) throws -> UInt64 {
        var status = stat()
        guard unsafe lstat(file(name), &status) == 0 else { throw Failure() }
        return UInt64(status.st_ino)
    }

    func makePipe(_ name: String) throws {
        guard unsafe mkfifo(file(name), 0o600) == 0 else { throw Failure() }
    }

    private struct Failure: Error {}
}

/// Gives `body` a folder, with an empty state directory or none, and removes it afterwards.
func withStateFolder<Value>(
    makingDirectory: Bool = true, _ body: (StateFolder) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { root in
        let folder = StateFolder(root: root)
        if makingDirectory { try folder.makeDirectory() }
        return try await body(folder)
    }
}
