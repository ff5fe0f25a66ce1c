import BankhookModel
import BankhookState
import TestSupport
import Testing

/// Writes that wait together share one commit (specification, section 12).
///
/// On an executor where every write that was started earlier waits before a later task runs: what
/// waits together is known without a sleep.
@Suite(.timeLimit(.minutes(5))) struct GroupCommitTests {
    private let files = CountingFiles()
    private let executor = SerialTaskExecutor()

    @Test func `writes that wait together share their syncs`() async throws {
        let failures = try await write(1..<33)
        #expect(failures.isEmpty)
        #expect(
            files.counts
                == CountingFiles.Counts(
                    creates: 33, fileSyncs: 1, allSyncs: 1, directorySyncs: 2, looks: 2))
        #expect(files.listing.count == 33)
    }

    @Test func `a few writes are synced one by one, with one sync of the directory`() async throws {
        let failures = try await write(1..<4)
        #expect(failures.isEmpty)
        #expect(
            files.counts
                == CountingFiles.Counts(creates: 4, fileSyncs: 4, directorySyncs: 2, looks: 2))
    }

    @Test func `a sync that fails fails every write that shares it, and no other`() async throws {
        files.failAllSync(1)
        let failures = try await write(1..<33)
        #expect(failures == (1..<33).map { "e\($0)" })
        // Nothing of it is left, neither in place nor beside it.
        #expect(files.listing == ["e0.json"])
        let later = try await write(33..<66, holdingFirst: false)
        #expect(later.isEmpty)
    }

    @Test func `two changes of one file never share a commit`() async throws {
        let directory = try directory()
        let name = try Sample.name("uat")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: executor) {
                try await directory.write(try Sample.intent("first"), temporary: "first")
            }
            try await files.hasBegun.wait()
            for number in 0..<3 {
                group.addTask(executorPreference: executor) {
                    try await directory.write(try Sample.intent(), temporary: "\(number)")
                }
            }
            group.addTask(executorPreference: executor) {
                try await directory.write(try Sample.bare(), temporary: "last")
            }
            group.addTask(executorPreference: executor) { files.letGo() }
            try await group.waitForAll()
        }
        #expect(files.counts.doubles == 0)
        let expected = try Sample.bare()
        #expect(try directory.snapshot(of: name).decoded?.record == expected)
    }

    @Test func `a directory that was replaced fails every write into it`() async throws {
        files.replaceDirectory()
        let failures = try await write(1..<33)
        #expect(failures == (0..<33).map { "e\($0)" })
        #expect(files.counts.looks == 2)
    }

    /// Writes intents that wait together while the first write is held; the names that failed.
    private func write(_ numbers: Range<Int>, holdingFirst: Bool = true) async throws -> [String] {
        let directory = try directory()
        return try await withThrowingTaskGroup(of: Int?.self) { group in
            func add(_ number: Int) {
                group.addTask(executorPreference: executor) {
                    do {
                        try await directory.write(
                            try Sample.intent("e\(number)"), temporary: "\(number)")
                        return nil
                    } catch is StateError {
                        return number
                    }
                }
            }
            if holdingFirst {
                add(0)
                try await files.hasBegun.wait()
            }
            for number in numbers { add(number) }
            group.addTask(executorPreference: executor) {
                files.letGo()
                return nil
            }
            var failed = [Int]()
            for try await number in group { failed += number.map { [$0] } ?? [] }
            return failed.sorted().map { "e\($0)" }
        }
    }

    private func directory() throws -> LockedDirectory {
        LockedDirectory(holder: try Sample.holder(), path: "state", files: files)
    }
}
