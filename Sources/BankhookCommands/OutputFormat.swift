internal import ArgumentParser

/// What standard output holds.
enum OutputFormat: String, Sendable {
    case text
    case json

    /// Parses the value of `--format`.
    @Sendable static func parse(_ word: String) throws -> OutputFormat {
        guard let format = OutputFormat(rawValue: word) else {
            throw ValidationError("--format takes text or json")
        }
        return format
    }
}

/// The option that every command has which prints data.
struct FormatOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("text or json.", valueName: "format"), transform: OutputFormat.parse)
    var format = OutputFormat.text

    init() {}
}
