package import ArgumentParser
internal import BankhookConfiguration
internal import BankhookModel

/// `bankhook config show`: the effective values of every environment.
package struct ConfigShowCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the effective values of every environment, after defaults.",
        discussion: """
            Secrets are shown by reference: no variable and no file that holds one is read. The text \
            is a configuration itself, with nothing left to defaults; its paths are relative to the \
            configuration's folder.

            Example: bankhook config show --format json
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) throws -> ExitStatus {
        let configuration = try context.configuration()
        let hidden = configuration.environments.filter(\.hidesName).map(\.name.text)
        if !hidden.isEmpty {
            context.console.message(
                "warning: \(hidden.joined(separator: ", ")): what names a secret looks like one "
                    + "and is not shown; if this was a real key, rotate it\n")
        }
        switch formatOption.format {
        case .text:
            context.console.output(
                ConfigRendering(configuration, policyPath: context.policyPath).text)
        case .json: context.console.output(ConfigJSON.text(configuration))
        }
        return .done
    }
}
