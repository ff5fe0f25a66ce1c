internal import JSONSyntax
internal import SourceText

/// What `validate` says of a configuration without errors.
enum ValidateRendering {
    static func render(
        _ report: DiagnosticReport, environments: Int, of path: String, as format: OutputFormat,
        in context: CommandContext
    ) {
        let console = context.console
        if report.warnings > 0 {
            console.message(report.text(console.messagePalette) + "\n")
            console.message(WorkflowCommands.text(report, variables: context.variables))
        }
        switch format {
        case .text:
            let noun = environments == 1 ? "environment" : "environments"
            console.output("\(PrintableText(path)): ok, \(environments) \(noun)\n")
        case .json:
            console.output(JSONOutput.text(DiagnosticJSON.document(report)))
        }
    }
}
