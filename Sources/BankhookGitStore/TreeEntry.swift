internal import BankhookState

/// One entry of a folder, as `git ls-tree -z` prints it.
struct TreeEntry {
    let id: String
    /// Its name in the folder.
    let name: String
    /// What it is in a word; nil for a plain file.
    let kind: String?

    let isFolder: Bool

    /// Whether its content is read.
    var isRecord: Bool { kind == nil }

    /// All entries of a listing.
    static func entries(_ output: [UInt8]) throws(BranchError) -> [TreeEntry] {
        try output.split(separator: 0).map { line throws(BranchError) in
            guard let entry = TreeEntry(line) else {
                throw .unusable(words: "git ls-tree is not understood")
            }
            return entry
        }
    }

    /// Takes `MODE TYPE ID<tab>PATH`; nil for anything else.
    init?(_ line: ArraySlice<UInt8>) {
        guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
        guard words.count == 3 else { return nil }
        id = String(words[2])
        let path = String(decoding: line[(tab + 1)...], as: UTF8.self)
        name = path.split(separator: "/").last.map(String.init) ?? path
        isFolder = words[1] == "tree"
        switch (words[0], words[1]) {
        case ("120000", _): kind = "a symbolic link"
        case (_, "blob"): kind = name.hasSuffix(".json") ? nil : "another file"
        case (_, "tree"): kind = "a directory"
        default: kind = "a submodule"
        }
    }
}
