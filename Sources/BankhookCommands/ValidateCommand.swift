package import ArgumentParser
internal import BankhookConfiguration
internal import BankhookPlan
internal import SourceText

/// `bankhook validate`: is the configuration right? Nothing else is read or sent.
package struct ValidateCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the configuration and report every mistake in it.",
        discussion: """
            Sends nothing and needs no credentials. Credentials that are at hand are compared, so \
            that two environments that would overwrite each other are found.

            Example: bankhook validate --config bankhook.yaml
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) throws -> ExitStatus {
        let configuration = try context.configuration()
        let desired = try context.desired(configuration)
        let warnings = desired.sharedAccounts.warningDiagnostics
        ValidateRendering.render(
            DiagnosticReport(
                warnings, redactions: warnings.isEmpty ? [:] : configuration.redactions.byPath),
            on: configuration, as: formatOption.format, in: context)
        return .done
    }
}
