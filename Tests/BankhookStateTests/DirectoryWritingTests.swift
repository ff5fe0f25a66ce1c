import BankhookModel
import BankhookState
import FoundationEssentials
import SystemCalls
import Testing

struct DirectoryWritingTests {
    @Test(arguments: ["", "/", "//"])
    func `the first lock makes the directory and what belongs beside the records`(
        slashes: String
    ) async throws {
        try await withStateFolder(makingDirectory: false) { folder in
            let store = DirectoryStore(path: folder.path + slashes)
            try await store.withLock(by: Sample.holder()) { _ in }
            #expect(try folder.listing() == [".gitattributes", ".gitignore", ".lock"])
            #expect(
                try folder.text(of: ".gitattributes")
                    == "*.json -text -merge linguist-generated\n")
            let ignored = try folder.text(of: ".gitignore").split(separator: "\n")
            #expect(ignored == [".lock", ".*.tmp-*"])
        }
    }

    @Test func `parents that are missing are made`() async throws {
        try await withStateFolder(makingDirectory: false) { folder in
            let store = DirectoryStore(path: folder.root + "/a/b/bankhook.state")
            try await store.withLock(by: Sample.holder()) { directory in
                try await directory.write(try Sample.bare(), temporary: "1")
            }
            #expect(try store.names().map(\.text) == ["uat"])
        }
    }

    @Test func `what stands beside the records already is not overwritten`() async throws {
        try await withStateFolder { folder in
            try folder.write("mine\n".utf8, to: ".gitattributes")
            try FileManager.default.createSymbolicLink(
                atPath: folder.file(".gitignore"), withDestinationPath: "nowhere")
            try await folder.store.withLock(by: Sample.holder()) { _ in }
            #expect(try folder.text(of: ".gitattributes") == "mine\n")
            let target = try FileManager.default.destinationOfSymbolicLink(
                atPath: folder.file(".gitignore"))
            #expect(target == "nowhere")
        }
    }

    @Test func `a record is written in its bytes, in a new file with the old name`() async throws {
        try await withStateFolder { folder in
            try await folder.store.withLock(by: Sample.holder()) { directory in
                try await directory.write(try Sample.intent(), temporary: "1")
                #expect(try folder.text(of: "uat.json") == Golden.intent)
                let old = try folder.inode(of: "uat.json")
                // A second name keeps the old file alive, so that its number cannot be given again.
                try FileManager.default.linkItem(
                    atPath: folder.file("uat.json"), toPath: folder.root + "/old")
                try await directory.write(try Sample.bare(), temporary: "2")
                #expect(try folder.text(of: "uat.json") == Golden.bare)
                #expect(try folder.inode(of: "uat.json") != old)
                let kept = try Data(contentsOf: URL(filePath: folder.root + "/old"))
                #expect(kept == Data(Golden.intent.utf8))
            }
            #expect(
                try folder.listing() == [".gitattributes", ".gitignore", ".lock", "uat.json"])
        }
    }

    @Test func `a reformatted file is restored byte for byte`() async throws {
        try await withStateFolder { folder in
            let text = Reformatting.carriageReturns.apply(Golden.full)
            try folder.write(text.utf8, to: "production.json")
            let name = try Sample.name("production")
            try await folder.store.withLock(by: Sample.holder()) { directory in
                let snapshot = try directory.snapshot(of: name)
                #expect(snapshot.decoded?.isReformatted == true)
                try await directory.write(try Sample.full(), temporary: "1")
                #expect(try folder.text(of: "production.json") == Golden.full)
                try await directory.restore(snapshot, temporary: "2")
            }
            #expect(try folder.text(of: "production.json") == text)
        }
    }

    @Test func `restoring what was absent removes the file, also when it is gone`() async throws {
        try await withStateFolder { folder in
            let name = try Sample.name("uat")
            try await folder.store.withLock(by: Sample.holder()) { directory in
                let snapshot = try directory.snapshot(of: name)
                #expect(snapshot == RecordSnapshot(name: name, bytes: nil, decoded: nil))
                try await directory.write(try Sample.intent(), temporary: "1")
                for _ in 0..<2 { try await directory.restore(snapshot, temporary: "2") }
                #expect(try directory.snapshot(of: name) == snapshot)
            }
            #expect(try folder.store.names().isEmpty)
        }
    }

    @Test func `left-over temporaries are cleared under the lock`() async throws {
        try await withStateFolder { folder in
            try folder.write(Golden.bare.utf8, to: "uat.json")
            try folder.write("cut".utf8, to: ".uat.json.tmp-7d9f")
            try folder.write("kept".utf8, to: ".notes")
            #expect(try folder.store.records().count == 1)
            #expect(try folder.listing().contains(".uat.json.tmp-7d9f"))
            try await folder.store.withLock(by: Sample.holder()) { directory in
                let records = try directory.records()
                let expected = [try Sample.bare()]
                #expect(records.map(\.record) == expected)
            }
            #expect(
                try folder.listing()
                    == [".gitattributes", ".gitignore", ".lock", ".notes", "uat.json"])
        }
    }

    @Test func `a link in a record's place is never written through`() async throws {
        try await withStateFolder { folder in
            let other = folder.root + "/other"
            try Data("precious".utf8).write(to: URL(filePath: other))
            try FileManager.default.createSymbolicLink(
                atPath: folder.file("uat.json"), withDestinationPath: other)
            try FileManager.default.linkItem(
                atPath: other, toPath: folder.file("production.json"))
            try await folder.store.withLock(by: Sample.holder()) { directory in
                for name in ["uat", "production"] {
                    #expect(throws: StateError.self) {
                        try directory.snapshot(of: Sample.name(name))
                    }
                }
                // A caller that wrote all the same would replace the name and not the file.
                try await directory.write(try Sample.bare(), temporary: "1")
                try await directory.write(try Sample.full(), temporary: "2")
            }
            #expect(try Data(contentsOf: URL(filePath: other)) == Data("precious".utf8))
        }
    }

    @Test func `a write that cannot be renamed leaves nothing behind`() async throws {
        try await withStateFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder.file("uat.json"), withIntermediateDirectories: false)
            try await folder.store.withLock(by: Sample.holder()) { directory in
                let error = await #expect(throws: StateError.self) {
                    try await directory.write(try Sample.bare(), temporary: "1")
                }
                #expect(error?.description.hasPrefix("\(folder.file("uat.json")): rename:") == true)
            }
            #expect(
                try folder.listing() == [".gitattributes", ".gitignore", ".lock", "uat.json"])
        }
    }

    @Test func `a directory that vanishes under the lock fails the write`() async throws {
        try await withStateFolder { folder in
            try await folder.store.withLock(by: Sample.holder()) { directory in
                try FileManager.default.removeItem(atPath: folder.path)
                try folder.makeDirectory()
                let error = await #expect(throws: StateError.self) {
                    try await directory.write(try Sample.bare(), temporary: "1")
                }
                #expect(error?.description.hasPrefix("\(folder.file("uat.json")): open:") == true)
            }
            // Nothing went into the directory that took its place.
            #expect(try folder.listing().isEmpty)
        }
    }
}
