/// What one `git cat-file --batch` printed: blobs, one after another.
package struct BlobBatch: Sendable {
    package private(set) var blobs: [String: ArraySlice<UInt8>] = [:]
    /// Whether an object that was asked for is not in this clone.
    package private(set) var lacksObjects = false

    package static let arguments = ["cat-file", "--batch", "--buffer"]

    /// What git reads: an id a line.
    package static func request(_ ids: some Sequence<String>) -> [UInt8] {
        ids.flatMap { Array("\($0)\n".utf8) }
    }

    /// Nil where it is not what `arguments` make git print.
    package init?(_ output: [UInt8]) {
        var rest = output[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            rest = rest[(end + 1)...]
            if words.count == 2 {
                lacksObjects = true
                continue
            }
            guard words.count == 3, let size = Int(words[2]), size >= 0, size < rest.count else {
                return nil
            }
            if words[1] == "blob" { blobs[String(words[0])] = rest.prefix(size) }
            rest = rest.dropFirst(size + 1)
        }
    }
}
