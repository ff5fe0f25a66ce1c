internal import ArgumentParser
internal import Logging

/// The options that every command has.
struct ConsoleOptions: ParsableArguments {
    @Flag(help: "Leave out progress; errors, warnings and data stay.")
    var quiet = false

    @Option(
        help: ArgumentHelp(
            "auto, always or never (default: auto; never where $NO_COLOR is set).",
            valueName: "when"),
        transform: ColorMode.parse)
    var color: ColorMode?

    @Option(
        help: ArgumentHelp(
            "What is logged on standard error: trace, debug, info, notice, warning, error or "
                + "critical; never headers or bodies.", valueName: "level"),
        transform: LogLevel.parse)
    var logLevel = Logger.Level.warning
}
