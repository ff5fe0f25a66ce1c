/// What one `git ls-tree` printed: the files of a folder in one commit.
struct TreeListing {
    /// By the path in the repository.
    private(set) var contents: [String: TimelineLog.Content] = [:]

    static let empty = TreeListing()

    private init() {}

    /// `folder` is empty or ends with a slash.
    static func arguments(of revision: String, folder: String) -> [String] {
        ["ls-tree", "-z", "--full-tree", revision] + (folder.isEmpty ? [] : ["--", folder])
    }

    /// Nil where it is not what `arguments` make git print.
    init?(_ output: [UInt8]) {
        for entry in output.split(separator: 0) {
            guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            let words = String(decoding: entry[..<tab], as: UTF8.self).split(separator: " ")
            guard words.count == 3 else { return nil }
            let path = String(decoding: entry[(tab + 1)...], as: UTF8.self)
            contents[path] = TimelineLog.content(mode: words[0], id: words[2])
        }
    }
}
