/// A comment for a pull request: a heading, then lists, the most important first.
///
/// It stays below the size that GitHub takes by leaving out whole entries, and says how many.
struct MarkdownDocument {
    /// A list under a title.
    struct Section {
        /// In Markdown.
        let title: String
        /// What one entry is, for the count of those that are left out.
        let noun: String
        /// In Markdown, without the mark of the list.
        let entries: [String]
        /// How many there are beside these.
        var uncollected = 0
    }

    /// One line in Markdown.
    let heading: String
    let sections: [Section]

    /// The text is shorter than this, in bytes.
    static let limit = 65_000
    /// Kept free for the count of what is left out.
    private static let reserve = 512

    /// The whole text, with a final newline.
    func text(after marker: CommentMarker) -> String {
        var text = "\(marker.line)\n### \(heading)\n"
        let filled = sections.filter { !$0.entries.isEmpty }
        let blocks = filled.map(MarkdownDocument.block)
        var later = blocks.map { $0.reduce(0) { $0 + $1.utf8.count } }.reduce(0, +)
        var leftOut = [String]()
        for (section, block) in zip(filled, blocks) {
            let size = block.reduce(0) { $0 + $1.utf8.count }
            later -= size
            let free = MarkdownDocument.limit - MarkdownDocument.reserve - text.utf8.count
            // What comes later gets its half, where it needs that much.
            var budget = max(free / 2, free - later)
            let shown = block.prefix { part in
                budget -= part.utf8.count
                return budget > 0
            }
            text += shown.joined()
            let missing = section.uncollected + block.count - max(shown.count, 1)
            if missing > 0 {
                leftOut.append("\(missing) \(section.noun)\(missing == 1 ? "" : "s")")
            }
        }
        guard !leftOut.isEmpty else { return text }
        return text + "\nLeft out, to fit into a comment: \(leftOut.joined(separator: ", ")).\n"
    }

    /// The title and the entries, each with what separates it from the one before.
    private static func block(_ section: Section) -> [String] {
        ["\n\(section.title)\n\n"] + section.entries.map { "- \($0)\n" }
    }
}
