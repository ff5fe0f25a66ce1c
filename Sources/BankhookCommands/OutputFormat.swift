internal import ArgumentParser

/// What standard output holds.
enum OutputFormat: String, Sendable {
    case text
    case json

    /// Parses the value of `--format`.
    @Sendable static func parse(_ word: String) throws -> OutputFormat {
        if let format = OutputFormat(rawValue: word) { return format }
        guard word != "markdown" else {
            throw ValidationError("--format markdown is not supported in this version")
        }
        throw ValidationError("--format takes text or json")
    }
}

/// The option that every command has which prints data.
struct FormatOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("text or json.", valueName: "format"), transform: OutputFormat.parse)
    var format = OutputFormat.text

    init() {}
}
