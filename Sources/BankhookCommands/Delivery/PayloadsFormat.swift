internal import ArgumentParser

/// What standard output holds of a list of payloads.
enum PayloadsFormat: String, Sendable {
    case table
    case json
    /// A payload a line, as soon as it is known.
    case ndjson

    /// Parses the value of `--format`.
    @Sendable static func parse(_ word: String) throws -> PayloadsFormat {
        guard let format = PayloadsFormat(rawValue: word) else {
            throw ValidationError("--format takes table, json or ndjson")
        }
        return format
    }
}
