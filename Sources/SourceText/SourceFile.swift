internal import Synchronization

/// A text and the path under which the user named it.
///
/// Shared by every node and diagnostic that points into it, so it is a reference; it never changes.
package final class SourceFile: Sendable {
    /// The path as it was given: diagnostics print it unchanged, so that editors can follow it.
    package let path: String
    /// The bytes as read. They may be anything: whoever parses them checks the encoding.
    package let bytes: [UInt8]
    /// Byte offsets at which lines start; found when the first excerpt is asked for.
    private let lineStarts = Mutex<[Int]?>(nil)

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// How many bytes a line may have to be shown; a longer one was not written by hand.
    package static let longestShownLine = 65_536

    /// The text of a line (1-based) without its line break, or nil past the end.
    ///
    /// Nil as well for a line of more than `longestShownLine` bytes: this is for showing lines.
    /// Bytes that are not UTF-8 are shown as U+FFFD. A leading byte order mark is no part of line 1.
    package func line(_ number: Int) -> String? {
        let starts = lineStarts.withLock { known in
            if let known { return known }
            let found = findLineStarts()
            known = found
            return found
        }
        guard number >= 1, number <= starts.count else { return nil }
        let start = starts[number - 1]
        var end = number < starts.count ? starts[number] : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard end - start <= SourceFile.longestShownLine else { return nil }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private func findLineStarts() -> [Int] {
        var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        return starts
    }
}
