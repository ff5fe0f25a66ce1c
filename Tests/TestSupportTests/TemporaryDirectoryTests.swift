import FoundationEssentials
import Testing
import TestSupport

struct TemporaryDirectoryTests {
    private struct Failure: Error {}

    @Test func `it is there for the test and gone afterwards`() async throws {
        let path = try await withTemporaryDirectory { path in
            try Data("text".utf8).write(to: URL(filePath: path + "/file"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["file"])
            return path
        }
        #expect(path.hasPrefix("/"))
        #expect(!path.hasSuffix("/"))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `it is gone after a failure too`() async throws {
        var path = ""
        await #expect(throws: Failure.self) {
            try await withTemporaryDirectory {
                path = $0
                throw Failure()
            }
        }
        #expect(!path.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
