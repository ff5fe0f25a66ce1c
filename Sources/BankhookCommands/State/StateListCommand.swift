package import ArgumentParser
internal import BankhookState

/// `bankhook state list`: every record, a line each.
package struct StateListCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the recorded environments.",
        discussion: "Example: bankhook state list --format json")

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let store = context.store(try context.configuration())
        let records: [DecodedRecord]
        do {
            records = try await store.records()
        } catch {
            throw CommandFailure(error)
        }
        StateNotes.write(records, of: store, on: context.console)
        let rendering = StateRendering(
            now: context.now(), palette: context.console.palette)
        switch formatOption.format {
        case .text: context.console.output(rendering.list(records.map(\.record)))
        case .json: context.console.output(RecordJSON.list(records.map(\.record)))
        }
        return .done
    }
}
