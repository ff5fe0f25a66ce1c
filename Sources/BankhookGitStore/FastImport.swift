internal import BankhookModel

/// The stream of `git fast-import` that makes one commit and prints its id.
enum FastImport {
    /// `identity` is `NAME <EMAIL>`; paths need no quoting.
    static func stream(
        _ files: [(path: String, bytes: [UInt8]?)], on parent: String?, to ref: String,
        by identity: String, at moment: Timestamp, _ message: String
    ) -> [UInt8] {
        var stream = Array(
            """
            feature done
            commit \(ref)
            mark :1
            committer \(identity) \(moment.secondsSinceEpoch) +0000

            """.utf8)
        append(Array(message.utf8), to: &stream)
        if let parent { stream += "from \(parent)\n".utf8 }
        for file in files {
            if let bytes = file.bytes {
                stream += "M 100644 inline \(file.path)\n".utf8
                append(bytes, to: &stream)
            } else {
                stream += "D \(file.path)\n".utf8
            }
        }
        stream += "\nget-mark :1\ndone\n".utf8
        return stream
    }

    private static func append(_ bytes: [UInt8], to stream: inout [UInt8]) {
        stream += "data \(bytes.count)\n".utf8
        stream += bytes
        stream += "\n".utf8
    }

    /// A name or an address that cannot end its field.
    static func plain(_ text: String) -> String {
        String(text.filter { $0 != "<" && $0 != ">" && !$0.isNewline && $0 != "\0" })
    }
}
