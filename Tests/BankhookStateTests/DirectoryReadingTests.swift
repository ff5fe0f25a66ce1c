import BankhookModel
import BankhookState
import FoundationEssentials
import Testing

struct DirectoryReadingTests {
    @Test(arguments: ["bankhook.state", "bankhook.state/", "missing/bankhook.state"])
    func `a directory that is missing holds no record, and is not made`(path: String) async throws {
        try await withStateFolder(makingDirectory: false) { folder in
            let store = DirectoryStore(path: "\(folder.root)/\(path)")
            let record = try store.record(Sample.name("uat"))
            #expect(record == nil)
            let listing = try FileManager.default.contentsOfDirectory(atPath: folder.root)
            #expect(listing.isEmpty)
            #expect(try store.records().isEmpty)
            #expect(try store.names().isEmpty)
        }
    }

    @Test func `records come sorted by name, and nothing else is looked at`() async throws {
        try await withStateFolder { folder in
            try folder.write(try intent(3, as: "b"), to: "b.json")
            try folder.write(try intent(1, as: "a-b"), to: "a-b.json")
            try folder.write(try intent(2, as: "a.b"), to: "a.b.json")
            for other in ["README.md", ".lock", ".a.json.tmp-1", ".hidden.json", "a.json~"] {
                try folder.write("nonsense".utf8, to: other)
            }
            #expect(try folder.store.names().map(\.text) == ["a-b", "a.b", "b"])
            let records = try folder.store.records()
            #expect(records.map(\.record.environment.text) == ["a-b", "a.b", "b"])
            #expect(try folder.store.record(Sample.name("b")) == records.last)
            #expect(try folder.store.record(Sample.name("c")) == nil)
        }
    }

    @Test func `a checkout with CRLF is read and flagged`() async throws {
        try await withStateFolder { folder in
            let text = Reformatting.carriageReturns.apply(Golden.full)
            try folder.write(text.utf8, to: "production.json")
            let record = try #require(try folder.store.records().first)
            #expect(record.isReformatted)
            let expected = try Sample.full()
            #expect(record.record == expected)
        }
    }

    @Test func `every file that is wrong is reported, and none is read as no record`() async throws
    {
        try await withStateFolder { folder in
            try folder.write([], to: "a.json")
            try folder.write(Golden.intent.utf8.dropLast(9), to: "b.json")
            try folder.write(Golden.intent.utf8, to: "uat.json")
            try folder.write(Golden.full.utf8, to: "z.json")
            let said = try errors(of: folder)
            #expect(said.count == 3)
            #expect(said.first == "\(folder.file("a.json")) is damaged: it is empty")
            #expect(said.dropFirst().first?.hasPrefix(folder.file("b.json")) == true)
            #expect(said.last?.hasSuffix("it is the record of environment production") == true)
            #expect(throws: StateErrors.self) { try folder.store.record(Sample.name("a")) }
        }
    }

    @Test func `two files that were swapped are both refused`() async throws {
        try await withStateFolder { folder in
            try folder.write(Golden.full.utf8, to: "uat.json")
            try folder.write(Golden.intent.utf8, to: "production.json")
            let said = try errors(of: folder)
            #expect(
                said == [
                    "\(folder.file("production.json")) is damaged: it is the record of environment "
                        + "uat",
                    "\(folder.file("uat.json")) is damaged: it is the record of environment "
                        + "production",
                ])
        }
    }

    @Test(arguments: ["Uat.json", "-a.json", "a..b.json", "a.lock.json", "ä.json", "a b.json"])
    func `a file with no environment's name is refused`(name: String) async throws {
        try await withStateFolder { folder in
            try folder.write(Golden.intent.utf8, to: name)
            let said = try errors(of: folder)
            #expect(said == ["\(folder.file(name)) does not have the name of an environment"])
        }
    }

    @Test func `a name cannot lead out of the directory`() {
        for text in ["../uat", "..", "a/b", "/etc/passwd", "a/../b", ""] {
            #expect(EnvironmentName(text) == nil)
        }
    }

    @Test func `names that differ by case only are refused together`() async throws {
        try await withStateFolder { folder in
            try folder.write(Golden.intent.utf8, to: "uat.json")
            try folder.write(Golden.intent.utf8, to: "UAT.json")
            let said = try errors(of: folder)
            #expect(
                said.contains(
                    "\(folder.file("UAT.json")) and \(folder.file("uat.json")) differ by case only")
            )
        }
    }

    @Test func `two files of one lineage that no move explains are refused`() async throws {
        try await withStateFolder { folder in
            let other = try replacing(
                "environment\": \"production", by: "environment\": \"b", in: Golden.full)
            try folder.write(RecordCodec.encode(try Sample.intent("a")), to: "a.json")
            try folder.write(try sealed(other), to: "b.json")
            let said = try errors(of: folder)
            #expect(
                said == [
                    "\(folder.file("a.json")) and \(folder.file("b.json")) have one "
                        + "lineage, and neither follows from the other"
                ])
        }
    }

    @Test func `a symbolic link is refused, even to a good record`() async throws {
        try await withStateFolder { folder in
            let elsewhere = folder.root + "/uat.json"
            try Data(Golden.intent.utf8).write(to: URL(filePath: elsewhere))
            try FileManager.default.createSymbolicLink(
                atPath: folder.file("uat.json"), withDestinationPath: elsewhere)
            #expect(try errors(of: folder) == [notPlain("uat", "a symbolic link", folder)])
        }
    }

    @Test func `a link to nothing is no missing record`() async throws {
        try await withStateFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder.file("uat.json"), withDestinationPath: "nowhere")
            #expect(try errors(of: folder) == [notPlain("uat", "a symbolic link", folder)])
        }
    }

    @Test func `a hard link is refused`() async throws {
        try await withStateFolder { folder in
            let elsewhere = folder.root + "/other"
            try Data(Golden.intent.utf8).write(to: URL(filePath: elsewhere))
            try FileManager.default.linkItem(
                atPath: elsewhere, toPath: folder.file("uat.json"))
            #expect(
                try errors(of: folder)
                    == [notPlain("uat", "a hard link: another name shares it", folder)])
        }
    }

    @Test func `a named pipe is refused without waiting for it`() async throws {
        try await withStateFolder { folder in
            try folder.makePipe("uat.json")
            #expect(try errors(of: folder) == [notPlain("uat", "a named pipe", folder)])
        }
    }

    @Test func `a directory in a record's place is refused`() async throws {
        try await withStateFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder.file("uat.json"), withIntermediateDirectories: false)
            #expect(try errors(of: folder) == [notPlain("uat", "a directory", folder)])
        }
    }

    @Test func `a file of over a mebibyte is refused`() async throws {
        try await withStateFolder { folder in
            let blanks = [UInt8](repeating: 0x20, count: 1 << 20)
            try folder.write(Golden.intent.utf8 + blanks, to: "uat.json")
            #expect(
                try errors(of: folder) == ["\(folder.file("uat.json")) is larger than any record"])
        }
    }

    @Test(arguments: ["file", "link", "dangling link", "linked parent/"])
    func `what is no directory is an error and not an empty state`(kind: String) async throws {
        try await withStateFolder(makingDirectory: false) { folder in
            var store = folder.store
            switch kind {
            case "file":
                try Data().write(to: URL(filePath: folder.path))
            case "link", "linked parent/":
                let real = folder.root + "/real"
                try FileManager.default.createDirectory(
                    atPath: real, withIntermediateDirectories: false)
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path, withDestinationPath: real)
                if kind != "link" { store = DirectoryStore(path: folder.path + "//") }
            default:
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path, withDestinationPath: "nowhere")
            }
            let thrown = #expect(throws: StateErrors.self) { try store.records() }
            let said = try #require(thrown?.errors.first)
            #expect(said.description == "\(store.path) is no directory")
            #expect(throws: StateErrors.self) { try store.names() }
            await #expect(throws: StateError.self) {
                try await store.withLock(by: Sample.holder()) { _ in }
            }
        }
    }

    private func intent(_ number: Int, as name: String) throws -> [UInt8] {
        let lineage = "0f0c6f6e-3b1a-4c55-9d7e-00000000000\(number)"
        return RecordCodec.encode(try Sample.intent(name, lineage: lineage))
    }

    /// What reading all records says is wrong; each error says what to do about it too.
    private func errors(of folder: StateFolder) throws -> [String] {
        let thrown = #expect(throws: StateErrors.self) { try folder.store.records() }
        let errors = try #require(thrown).errors
        #expect(errors.allSatisfy { !$0.wayOut.isEmpty })
        return errors.map(\.description)
    }

    private func notPlain(_ name: String, _ kind: String, _ folder: StateFolder) -> String {
        "\(folder.file(name + ".json")) is \(kind), and state is kept in plain files with one name"
    }
}
