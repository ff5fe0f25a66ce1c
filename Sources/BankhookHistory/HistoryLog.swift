/// What one `git log` over a directory printed: every commit, and the blobs that it brought.
struct HistoryLog {
    /// A blob that a commit brought to a file.
    struct Blob {
        let commit: Int
        /// The file's path in the repository.
        let path: String
        let id: String
    }

    private(set) var graph = CommitGraph()
    private(set) var blobs: [Blob] = []

    /// Every commit of every ref, because reachability needs them all; of a merge only what is in
    /// none of its parents; and no renames, since lineages tell what moved.
    static let arguments = arguments(of: "--all") + ["--", "."]

    /// The same for all of what one revision descends from.
    static func arguments(of revision: String) -> [String] {
        [
            "log", revision, "--full-history", "--sparse", "--raw", "--no-abbrev", "-c", "-z",
            "--no-renames", "--no-ext-diff", "--no-color", "--format=@%H %P%x00=%S",
        ]
    }

    /// Nil where it is not what `arguments` make git print.
    init?(_ output: [UInt8]) {
        var tokens = output.split(separator: 0, omittingEmptySubsequences: false)[...]
        var commit: Int?
        while let token = tokens.popFirst() {
            // A line break parts a commit from its changes.
            let token = token.first == UInt8(ascii: "\n") ? token.dropFirst() : token
            switch token.first {
            case nil: continue
            case UInt8(ascii: "@"):
                guard let ref = tokens.popFirst(), ref.first == UInt8(ascii: "=") else {
                    return nil
                }
                let words = HistoryLog.text(token.dropFirst()).split(separator: " ").map(
                    String.init)
                guard let id = words.first else { return nil }
                commit = graph.add(
                    id, parents: Array(words.dropFirst()), ref: HistoryLog.text(ref.dropFirst()))
            case UInt8(ascii: ":"):
                guard let commit, let path = tokens.popFirst(),
                    let change = HistoryLog.change(token)
                else { return nil }
                if change.isFile {
                    blobs.append(
                        Blob(commit: commit, path: HistoryLog.text(path), id: change.id))
                }
            default: return nil
            }
        }
    }

    /// `:OLDMODE NEWMODE OLD NEW STATUS`, with a colon, an old mode and an old blob for each parent.
    private static func change(_ token: ArraySlice<UInt8>) -> (id: String, isFile: Bool)? {
        let parents = token.prefix { $0 == UInt8(ascii: ":") }.count
        let words = text(token.dropFirst(parents)).split(separator: " ")
        guard words.count == 2 * parents + 3 else { return nil }
        // A link or a submodule is no record; a file that was removed is none either.
        return (String(words[2 * parents + 1]), words[parents].hasPrefix("100"))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
