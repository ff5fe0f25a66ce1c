internal import ArgumentParser

/// What a report of plan or apply can be.
enum ReportFormat: String, Sendable {
    case text
    case json
    /// For a comment on a pull request.
    case markdown

    /// Parses the value of `--format`.
    @Sendable static func parse(_ word: String) throws -> ReportFormat {
        guard let format = ReportFormat(rawValue: word) else {
            throw ValidationError("--format takes text, json or markdown")
        }
        return format
    }
}
