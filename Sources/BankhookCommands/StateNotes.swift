internal import BankhookModel
internal import BankhookState
internal import SourceText

/// What is worth knowing about state files that are read all the same.
enum StateNotes {
    static func write(
        _ records: [DecodedRecord], of store: any StateStore, on console: Console
    ) {
        let reformatted = records.filter(\.isReformatted).map {
            PrintableText(store.file(of: $0.record.environment))
        }
        guard let first = reformatted.first else { return }
        let others = reformatted.count > 1 ? " and \(reformatted.count - 1) more" : ""
        console.progress(
            "note: \(first)\(others) reformatted (line endings or layout); the content is intact, "
                + "and the next write restores the form\n")
    }

    /// How many changed files are named; JSON and Markdown name all.
    private static let mostFiles = 20

    /// Names the files that a command changed: state that is not committed is lost with its runner. Of
    /// a large fleet's it names the first, so that they do not push what failed off the screen.
    static func changed(_ files: [String]) -> String {
        guard !files.isEmpty else { return "" }
        let rest = files.count - mostFiles
        let more = rest > 0 ? "  and \(rest) more in the same folder\n" : ""
        return "state files changed; commit them:\n"
            + files.prefix(mostFiles).map { "  \(PrintableText($0))\n" }.joined() + more
    }
}
