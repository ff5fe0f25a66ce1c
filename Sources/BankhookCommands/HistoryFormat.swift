internal import ArgumentParser

/// What `state history` prints.
enum HistoryFormat: String, Sendable {
    case text
    case json
    /// A page that needs nothing but itself.
    case html

    /// Parses the value of `--format`.
    @Sendable static func parse(_ word: String) throws -> HistoryFormat {
        guard let format = HistoryFormat(rawValue: word) else {
            throw ValidationError("--format takes text, json or html")
        }
        return format
    }
}
