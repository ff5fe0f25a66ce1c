import Foundation
import Testing

/// A text that a person approved, in a file beside the tests.
enum Snapshot {
    /// Compares a text with its approved form. With `UPDATE_SNAPSHOTS` set it is written instead,
    /// and the test fails, so that nobody approves by accident.
    static func expect(
        _ text: String, is name: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Snapshots/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
            try Data(text.utf8).write(to: file)
            Issue.record("\(name) was written: read it", sourceLocation: location)
            return
        }
        let approved = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text == approved, sourceLocation: location)
    }
}
