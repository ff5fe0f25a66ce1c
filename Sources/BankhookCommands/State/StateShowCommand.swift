package import ArgumentParser
internal import BankhookModel
internal import BankhookState

/// `bankhook state show NAME`: one record.
package struct StateShowCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one environment's record.",
        discussion: "Example: bankhook state show production --format json")

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    @Argument(help: "The environment's name.")
    var name: String

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let store = context.store(try context.configuration())
        let found: DecodedRecord?
        do throws(StateErrors) {
            if let name = EnvironmentName(name) {
                found = try await store.record(name)
            } else {
                found = nil
            }
        } catch {
            throw CommandFailure(error)
        }
        guard let found else {
            throw CommandFailure.problem(
                "unknown_environment", "nothing is recorded for \(quoted(name))",
                hint: "see bankhook state list")
        }
        StateNotes.write([found], of: store, on: context.console)
        switch formatOption.format {
        case .text:
            context.console.output(StateRendering(now: context.now()).show(found.record))
        case .json: context.console.output(RecordJSON.show(found.record))
        }
        return .done
    }
}
