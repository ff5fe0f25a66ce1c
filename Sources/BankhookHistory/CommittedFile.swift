internal import SystemCalls

/// A file beside what git has of it.
enum CommittedFile {
    /// The largest file that is read, in bytes.
    private static let sizeLimit = 64 << 20

    /// Whether a file holds what a blob does, apart from line endings.
    static func isCommitted(_ path: String, as blob: String) -> Bool {
        guard case .file(let bytes)? = try? FileContent.read(path: path, limit: sizeLimit) else {
            return false
        }
        let length = blob.utf8.count
        return BlobID.of(bytes, length: length) == blob
            || BlobID.of(withoutCarriageReturns(bytes), length: length) == blob
    }

    private static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
        var plain = [UInt8]()
        for (index, byte) in bytes.enumerated() {
            let isLineEnd =
                byte == UInt8(ascii: "\r") && bytes.dropFirst(index + 1).first == UInt8(ascii: "\n")
            if !isLineEnd { plain.append(byte) }
        }
        return plain
    }
}
