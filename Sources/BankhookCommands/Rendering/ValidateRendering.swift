internal import BankhookConfiguration
internal import JSONSyntax
internal import SourceText

/// What `validate` says of a configuration without errors.
enum ValidateRendering {
    static func render(
        _ report: DiagnosticReport, on configuration: Configuration, as format: OutputFormat,
        in context: CommandContext
    ) {
        let console = context.console
        if report.warnings > 0 {
            console.message(
                report.text(console.messagePalette, columns: console.messageColumns) + "\n")
            console.message(WorkflowCommands.text(report, variables: context.variables))
        }
        switch format {
        case .text:
            let ok = console.palette.paint("ok", .good)
            console.output(
                "\(PrintableText(context.configurationPath)): \(ok), "
                    + "\(extent(of: configuration))\n")
        case .json:
            console.output(JSONOutput.text(DiagnosticJSON.document(report)))
        }
    }

    /// How many environments there are, and in how many files where the path alone does not tell.
    private static func extent(of configuration: Configuration) -> String {
        let environments = count(configuration.environments.count, "environment")
        guard configuration.isDirectory else { return environments }
        return "\(environments) in \(count(configuration.files.count, "file"))"
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
