internal import ArgumentParser

/// The options that every command has which reads a configuration.
struct CommonOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The configuration file (default: $BANKHOOK_CONFIG, else ./bankhook.yaml).",
            valueName: "path"))
    var config: String?

    @Flag(help: "Leave out progress; errors, warnings and data stay.")
    var quiet = false

    init() {}

    mutating func validate() throws {
        guard config != "-" else {
            throw ValidationError("--config - is not possible: the configuration is read again")
        }
        guard config != "" else { throw ValidationError("--config names no file") }
    }
}
