internal import JSONSyntax
internal import SourceText

/// A failure as a person or a program reads it.
enum FailureRendering {
    static func render(
        _ failure: CommandFailure, as format: OutputFormat, in context: CommandContext
    ) {
        message(failure, in: context)
        switch format {
        case .text: break
        case .json: context.console.output(JSONOutput.text(json(failure)))
        }
    }

    /// Tells a person, on standard error.
    static func message(_ failure: CommandFailure, in context: CommandContext) {
        let console = context.console
        console.message(text(failure, console) + "\n")
        if case .report(let report) = failure {
            console.message(WorkflowCommands.text(report, variables: context.variables))
        }
    }

    private static func text(_ failure: CommandFailure, _ console: Console) -> String {
        switch failure {
        case .report(let report):
            report.text(console.messagePalette, columns: console.messageColumns)
        case .problems(let problems, _): problems.map(text).joined(separator: "\n")
        }
    }

    private static func text(_ problem: CommandFailure.Problem) -> String {
        "error: \(problem.message)" + (problem.hint.map { "\n       \($0)" } ?? "")
    }

    /// The failure as a document of diagnostics.
    static func json(_ failure: CommandFailure) -> JSONValue {
        switch failure {
        case .report(let report): DiagnosticJSON.document(report)
        case .problems(let problems, _): DiagnosticJSON.document(problems.map(json))
        }
    }

    private static func json(_ problem: CommandFailure.Problem) -> JSONValue {
        [
            "code": .string(problem.code), "column": .null, "file": .optional(problem.file),
            "hint": .optional(problem.hint), "line": .null, "message": .string(problem.message),
            "severity": "error",
        ]
    }
}
