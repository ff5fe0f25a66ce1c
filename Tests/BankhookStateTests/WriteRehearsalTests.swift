import BankhookModel
import BankhookState
import FoundationEssentials
import TestSupport
import Testing

/// What `doctor` asks of a state directory.
struct WriteRehearsalTests {
    @Test func `a directory that takes a file holds what it held before`() async throws {
        try await withTemporaryDirectory { path in
            let store = DirectoryStore(path: path)
            let found = try store.rehearseWrite("id")
            #expect(found == .present(networkFileSystem: nil))
            let files = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(files.isEmpty)
        }
    }

    @Test func `one that is missing is not made, and the folder above is tried`() async throws {
        try await withTemporaryDirectory { path in
            let store = DirectoryStore(path: "\(path)/a/b")
            let found = try store.rehearseWrite("id")
            #expect(found == .absent(parent: path))
            let files = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(files.isEmpty)
        }
    }

    @Test func `one that takes no file is an error`() throws {
        // Nobody can make a file there, root neither.
        #expect(throws: StateError.self) {
            try DirectoryStore(path: "/proc/self/fd").rehearseWrite("id")
        }
        #expect(throws: StateError.self) {
            try DirectoryStore(path: "/proc/self/fd/a").rehearseWrite("id")
        }
    }

    @Test func `a file in its place, and a link in its lock's, are errors`() async throws {
        try await withTemporaryDirectory { path in
            try Data().write(to: URL(filePath: "\(path)/file"))
            #expect(throws: StateError.self) {
                try DirectoryStore(path: "\(path)/file").rehearseWrite("id")
            }
            try FileManager.default.createDirectory(
                atPath: "\(path)/state", withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/state/.lock", withDestinationPath: "\(path)/file")
            #expect(throws: StateError.self) {
                try DirectoryStore(path: "\(path)/state").rehearseWrite("id")
            }
        }
    }

    @Test func `the lock of an apply that runs is neither taken nor ended`() async throws {
        try await withTemporaryDirectory { path in
            let store = DirectoryStore(path: path)
            let holder = LockHolder(
                id: "1", host: "host", process: 1, run: nil,
                startedAt: Timestamp(secondsSinceEpoch: 0))
            try await store.withLock(by: holder) { _ in
                _ = try store.rehearseWrite("id")
                #expect(store.holder() == holder)
                await #expect(throws: StateError.self) {
                    try await store.withLock(by: holder) { _ in }
                }
            }
        }
    }
}
