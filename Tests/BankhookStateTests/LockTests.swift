import BankhookModel
import BankhookState
import FoundationEssentials
import Testing

struct LockTests {
    private struct Failure: Error, Equatable {}

    @Test func `the lock names its holder while it is held, and nobody afterwards`() async throws {
        try await withStateFolder { folder in
            let text = try await folder.store.withLock(
                by: Sample.holder(run: "https://ci.example/1")
            ) { _ in
                try folder.text(of: ".lock")
            }
            #expect(
                text == """
                    {
                      "host": "build-7",
                      "id": "7d9f1c1e-0000-4000-8000-000000000001",
                      "pid": 4711,
                      "run": "https://ci.example/1",
                      "started_at": "2026-11-23T04:12:09Z"
                    }

                    """)
            #expect(try folder.text(of: ".lock").isEmpty)
        }
    }

    @Test func `the lock file is never deleted`() async throws {
        try await withStateFolder { folder in
            try await folder.store.withLock(by: Sample.holder()) { _ in }
            let inode = try folder.inode(of: ".lock")
            let held = try await folder.store.withLock(by: Sample.holder()) { _ in
                try folder.inode(of: ".lock")
            }
            #expect(held == inode)
            #expect(try folder.inode(of: ".lock") == inode)
        }
    }

    @Test func `a second one is told who holds it, and changes nothing`() async throws {
        try await withStateFolder { folder in
            try await folder.store.withLock(by: Sample.holder()) { _ in
                let text = try folder.text(of: ".lock")
                let error = await #expect(throws: StateError.self) {
                    try await folder.store.withLock(by: Sample.holder("other")) { _ in
                        Issue.record("the lock was given twice")
                    }
                }
                guard case .locked(let path, let holder) = try #require(error) else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(path == folder.file(".lock"))
                let expected = try Sample.holder()
                #expect(holder == expected)
                #expect(
                    error?.description
                        == "locked by build-7 pid 4711 since 2026-11-23T04:12:09Z")
                #expect(try folder.text(of: ".lock") == text)
            }
        }
    }

    @Test(arguments: ["", "{", "[]", #"{"host": "\u001b[2J", "id": "x", "pid": 1}"#])
    func `a holder that cannot be read is another bankhook`(text: String) async throws {
        try await withStateFolder { folder in
            try await folder.store.withLock(by: Sample.holder()) { _ in
                try text.write(toFile: folder.file(".lock"), atomically: false, encoding: .utf8)
                let error = await #expect(throws: StateError.self) {
                    try await folder.store.withLock(by: Sample.holder()) { _ in }
                }
                #expect(
                    error?.description == "locked by another bankhook (\(folder.file(".lock")))")
            }
        }
    }

    @Test(arguments: [ProcessInfo.processInfo.processIdentifier, 1, .max])
    func `what a dead holder wrote keeps nobody out, its process id in use again or not`(
        process: Int32
    ) async throws {
        try await withStateFolder { folder in
            try folder.write(
                """
                {"host": "\(ProcessInfo.processInfo.hostName)", "id": "x", "pid": \(process),
                 "started_at": "2026-11-20T00:00:00Z"}
                """.utf8, to: ".lock")
            let text = try await folder.store.withLock(by: Sample.holder()) { _ in
                try folder.text(of: ".lock")
            }
            #expect(text.contains("\"pid\": 4711"))
            #expect(!text.contains("2026-11-20"))
        }
    }

    @Test func `left-over temporaries of the one who holds it are let alone`() async throws {
        try await withStateFolder { folder in
            try await folder.store.withLock(by: Sample.holder()) { _ in
                try folder.write("writing".utf8, to: ".uat.json.tmp-1")
                await #expect(throws: StateError.self) {
                    try await folder.store.withLock(by: Sample.holder()) { _ in }
                }
                #expect(try folder.text(of: ".uat.json.tmp-1") == "writing")
            }
        }
    }

    @Test func `a body that throws releases the lock`() async throws {
        try await withStateFolder { folder in
            await #expect(throws: Failure()) {
                try await folder.store.withLock(by: Sample.holder()) { _ in throw Failure() }
            }
            #expect(try folder.text(of: ".lock").isEmpty)
            let held = try await folder.store.withLock(by: Sample.holder()) { _ in true }
            #expect(held)
        }
    }

    @Test func `many at once never hold it together`() async throws {
        try await withStateFolder { folder in
            let served = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<32 {
                    group.addTask { try await tryAlone(folder, number: number) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(served > 0)
        }
    }

    @Test func `a lock file that another name shares is refused, and the other is untouched`()
        async throws
    {
        try await withStateFolder { folder in
            let other = folder.root + "/other"
            try Data("precious".utf8).write(to: URL(filePath: other))
            try FileManager.default.linkItem(atPath: other, toPath: folder.file(".lock"))
            let error = await lockError(folder)
            #expect(
                error?.description
                    == "\(folder.file(".lock")) is a hard link: another name shares it, and state is "
                    + "kept in plain files with one name")
            #expect(try Data(contentsOf: URL(filePath: other)) == Data("precious".utf8))
        }
    }

    @Test func `a lock file that is a link is refused, and its target is untouched`() async throws {
        try await withStateFolder { folder in
            let other = folder.root + "/other"
            try Data("precious".utf8).write(to: URL(filePath: other))
            try FileManager.default.createSymbolicLink(
                atPath: folder.file(".lock"), withDestinationPath: other)
            #expect(await lockError(folder) != nil)
            #expect(try Data(contentsOf: URL(filePath: other)) == Data("precious".utf8))
        }
    }

    @Test func `a directory or pipe in the lock's place is refused`() async throws {
        try await withStateFolder { folder in
            try folder.makePipe(".lock")
            #expect(await lockError(folder)?.description.contains("is a named pipe") == true)
            try FileManager.default.removeItem(atPath: folder.file(".lock"))
            try FileManager.default.createDirectory(
                atPath: folder.file(".lock"), withIntermediateDirectories: false)
            #expect(await lockError(folder) != nil)
        }
    }

    /// Writes an intent and takes it back under the lock, or returns false where it is held.
    private func tryAlone(_ folder: StateFolder, number: Int) async throws -> Bool {
        do {
            return try await folder.store.withLock(by: Sample.holder("\(number)")) { directory in
                let snapshot = try directory.snapshot(of: try Sample.name("uat"))
                // Whoever is alone finds no intent of another.
                #expect(snapshot.bytes == nil)
                try await directory.write(try Sample.intent(), temporary: "1")
                await Task.yield()
                try await directory.restore(snapshot, temporary: "2")
                return true
            }
        } catch StateError.locked {
            return false
        }
    }

    private func lockError(_ folder: StateFolder) async -> StateError? {
        await #expect(throws: StateError.self) {
            try await folder.store.withLock(by: Sample.holder()) { _ in
                Issue.record("the lock was given")
            }
        }
    }
}
