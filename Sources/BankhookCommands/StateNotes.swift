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

    /// Names the files that a command changed: state that is not committed is lost with its runner.
    static func changed(_ files: [String]) -> String {
        guard !files.isEmpty else { return "" }
        return "state files changed; commit them:\n"
            + files.map { "  \(PrintableText($0))\n" }.joined()
    }
}
