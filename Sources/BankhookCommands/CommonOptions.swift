internal import ArgumentParser

/// The options that every command has which reads a configuration.
struct CommonOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The configuration: a file, or a directory of *.yaml and *.yml files (default: "
                + "$BANKHOOK_CONFIG, else ./bankhook.yaml).",
            valueName: "path"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "A file that holds just the policy (default: $BANKHOOK_POLICY); the configuration "
                + "must have none then.",
            valueName: "path"))
    var policy: String?

    @OptionGroup var console: ConsoleOptions

    init() {}

    mutating func validate() throws {
        guard config != "-" else {
            throw ValidationError("--config - is not possible: the configuration is read again")
        }
        guard config != "" else { throw ValidationError("--config names no file") }
        guard policy != "-" else {
            throw ValidationError("--policy - is not possible: the policy is read again")
        }
        guard policy != "" else { throw ValidationError("--policy names no file") }
    }
}
