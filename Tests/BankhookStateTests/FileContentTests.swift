import FoundationEssentials
import SystemCalls
import TestSupport
import Testing

/// Reading a path that somebody else names: it may go through links, but never waits.
struct FileContentTests {
    @Test func `a file is read whole up to its limit, through links too`() async throws {
        try await withStateFolder { folder in
            try folder.write("12345".utf8, to: "file")
            try FileManager.default.createSymbolicLink(
                atPath: folder.file("link"), withDestinationPath: "file")
            try FileManager.default.linkItem(
                atPath: folder.file("file"), toPath: folder.file("other"))
            for name in ["file", "link", "other"] {
                let content = try FileContent.read(path: folder.file(name), limit: 5)
                #expect(content == .file(Array("12345".utf8)))
                #expect(try FileContent.read(path: folder.file(name), limit: 4) == .tooLarge)
            }
        }
    }

    @Test func `what is no plain file is said in words`() async throws {
        try await withStateFolder { folder in
            try folder.makePipe("pipe")
            let rows: [(path: String, content: FileContent)] = [
                (folder.file("missing"), .absent), (folder.file("pipe"), .other("a named pipe")),
                (folder.path, .other("a directory")),
                ("/dev/zero", .other("a device or socket")),
            ]
            for row in rows {
                let content = try FileContent.read(path: row.path, limit: 5)
                #expect(content == row.content)
            }
        }
    }

    @Test func `a path through a file is an error`() async throws {
        try await withStateFolder { folder in
            try folder.write([], to: "file")
            let error = #expect(throws: SystemCallError.self) {
                try FileContent.read(path: folder.file("file/x"), limit: 5)
            }
            #expect(error?.call == "open")
            #expect(error?.isWrongKind == true)
        }
    }

    @Test func `every error says what to do`() {
        for number in Int32(1)...133 {
            let error = SystemCallError("write", number: number)
            #expect(error.description.hasPrefix("write: "))
            #expect(!error.wayOut.isEmpty)
        }
    }
}
