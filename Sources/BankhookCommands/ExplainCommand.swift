package import ArgumentParser
internal import JSONSyntax
internal import SourceText

/// `bankhook explain CODE`: what a code stands for, why it matters, and what to do.
package struct ExplainCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what a code of a diagnostic, reason or warning stands for.",
        discussion: """
            Codes stand in the JSON of every command (\"code\": …), so that scripts can tell \
            situations apart. Without CODE all of them are listed, each with what happened.

            Example: bankhook explain mode_downgrade
            """)

    @OptionGroup var options: ConsoleOptions
    @OptionGroup var formatOption: FormatOption

    @Argument(help: "The code, as the JSON of a command names it.")
    var code: String?

    package init() {}

    var context: CommandContext { CommandContext(console: options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) throws -> ExitStatus {
        let console = context.console
        let explanations = try chosen()
        switch formatOption.format {
        case .text where code == nil:
            console.output(
                Explanation.list(
                    explanations, console.palette, columns: console.outputColumns))
        case .text:
            console.output(
                explanations.map {
                    $0.text(console.palette, columns: console.outputColumns)
                }.joined(separator: "\n"))
        case .json:
            console.output(
                JSONOutput.text([
                    "explanations": .array(explanations.map(\.json)),
                    "format_version": .integer(1),
                ]))
        }
        return .done
    }

    private func chosen() throws(CommandFailure) -> [Explanation] {
        guard let code else { return Explanation.all }
        let wanted = code.lowercased().replacing("-", with: "_")
        if let found = Explanation.all.first(where: { $0.code == wanted }) { return [found] }
        let near = Vocabulary(Explanation.all.map(\.code)).nearest(to: wanted)
        throw .problem(
            "unknown_code", "there is no code \(quoted(code))",
            hint: near.map { "did you mean \($0)?" } ?? "bankhook explain lists all of them",
            status: .unusableArguments)
    }
}

extension Explanation {
    fileprivate var json: JSONValue {
        [
            "code": .string(code), "happened": .string(happened), "matters": .string(matters),
            "next": .string(next),
        ]
    }
}
