internal import BankhookModel

/// What one `git log` of a history printed: the commits that changed a folder, newest first, and
/// what they did to each file.
struct TimelineLog {
    /// What a file was in a commit.
    enum Content: Hashable {
        case absent
        case blob(String)
        /// A link or a submodule.
        case noFile
    }

    /// A file that is in a commit what it is in none of the commit's parents.
    struct Change {
        /// The file's path in the repository.
        let path: String
        /// One for each parent.
        let before: [Content]
        let after: Content
    }

    struct Entry {
        let commit: RecordCommit
        /// In a shallow clone its parents may be missing.
        let hasParents: Bool
        fileprivate(set) var changes: [Change] = []
    }

    private(set) var entries: [Entry] = []

    private static let fieldCount = 7

    /// Every side of a merge, because each may have brought versions, and of the merge itself only
    /// what is in none of its parents; no renames, since lineages tell what moved.
    static func arguments(of revision: String, path: String?) -> [String] {
        let trailers = ["Run", "Revision"].map {
            "%x00%(trailers:key=\($0),valueonly,unfold,separator=%x20)"
        }
        return [
            "log", "--topo-order", "--full-history", "--raw", "--no-abbrev", "-c", "-z",
            "--no-renames", "--no-ext-diff", "--no-color", "--encoding=UTF-8",
            "--format=@%H %P%x00%an%x00%ae%x00%ct%x00%s" + trailers.joined(), revision, "--",
        ] + (path.map { [$0] } ?? [])
    }

    /// Nil where it is not what `arguments` make git print.
    init?(_ output: [UInt8]) {
        var tokens = output.split(separator: 0, omittingEmptySubsequences: false)[...]
        while let token = tokens.popFirst() {
            // A line break parts a commit from its changes.
            let token = token.first == UInt8(ascii: "\n") ? token.dropFirst() : token
            switch token.first {
            case nil: continue
            case UInt8(ascii: "@"):
                let fields = [token.dropFirst()] + tokens.prefix(TimelineLog.fieldCount - 1)
                tokens = tokens.dropFirst(TimelineLog.fieldCount - 1)
                guard let entry = TimelineLog.entry(fields.map(TimelineLog.text)) else {
                    return nil
                }
                entries.append(entry)
            case UInt8(ascii: ":"):
                guard let path = tokens.popFirst(), !entries.isEmpty,
                    let change = TimelineLog.change(token, path: path)
                else { return nil }
                entries[entries.count - 1].changes.append(change)
            default: return nil
            }
        }
    }

    private static func entry(_ fields: [String]) -> Entry? {
        let ids = fields[0].split(separator: " ")
        guard fields.count == fieldCount, let id = ids.first, let seconds = Int(fields[3]) else {
            return nil
        }
        let commit = RecordCommit(
            id: String(id), authorName: fields[1], authorEmail: fields[2],
            committedAt: Timestamp(secondsSinceEpoch: seconds), subject: fields[4],
            run: fields[5].isEmpty ? nil : fields[5],
            revision: fields[6].isEmpty ? nil : fields[6])
        return Entry(commit: commit, hasParents: ids.count > 1)
    }

    /// `:OLDMODE NEWMODE OLD NEW STATUS`, with a colon, an old mode and an old blob for each parent.
    private static func change(_ token: ArraySlice<UInt8>, path: ArraySlice<UInt8>) -> Change? {
        let parents = token.prefix { $0 == UInt8(ascii: ":") }.count
        let words = text(token.dropFirst(parents)).split(separator: " ")
        guard words.count == 2 * parents + 3 else { return nil }
        let contents = (0...parents).map { index in
            content(mode: words[index], id: words[parents + 1 + index])
        }
        return Change(
            path: text(path), before: Array(contents.dropLast()), after: contents[parents])
    }

    /// What a mode and an id of a tree stand for.
    static func content(mode: Substring, id: Substring) -> Content {
        if mode.allSatisfy({ $0 == "0" }) { return .absent }
        return mode.hasPrefix("100") ? .blob(String(id)) : .noFile
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
