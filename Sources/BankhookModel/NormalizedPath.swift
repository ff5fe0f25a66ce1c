/// An absolute path without empty parts, `.` and `..`, by its text alone: no link is followed.
package struct NormalizedPath: Hashable, Sendable {
    /// In bytes, as the system compares names: two spellings of one character are two files.
    private let parts: [[UInt8]]

    /// Takes a path as seen from a directory; nil for a relative one where that is not known.
    package init?(_ path: String, from directory: String?) {
        var parts = [[UInt8]]()
        if !path.utf8.starts(with: "/".utf8) {
            guard let directory, let start = NormalizedPath(directory, from: nil) else {
                return nil
            }
            parts = start.parts
        }
        for part in path.utf8.split(separator: UInt8(ascii: "/")) {
            if part.elementsEqual("..".utf8) {
                _ = parts.popLast()
            } else if !part.elementsEqual(".".utf8) {
                parts.append(Array(part))
            }
        }
        self.parts = parts
    }

    /// Whether it is a folder or stands anywhere under it.
    package func isWithin(_ folder: NormalizedPath) -> Bool {
        parts.starts(with: folder.parts)
    }

    package var text: String {
        "/" + parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }
}
