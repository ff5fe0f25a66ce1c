package import ArgumentParser

/// `bankhook state migrate`: copy the records to another store.
package struct StateMigrateCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Copy the records to another store.",
        discussion: """
            Copies them byte for byte into a store that holds none, and leaves the source as it is. \
            The git store is the one that the configuration names; 'directory' is bankhook.state \
            beside it, or another one with directory:PATH.

            Example: bankhook state migrate --from directory --to git
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    @Option(
        help: ArgumentHelp("directory, directory:PATH or git.", valueName: "store"),
        transform: StorePlace.parse)
    var from: StorePlace

    @Option(
        help: ArgumentHelp("directory, directory:PATH or git.", valueName: "store"),
        transform: StorePlace.parse)
    var to: StorePlace

    @OptionGroup var lock: LockOption

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    package mutating func validate() throws {
        guard from != to else { throw ValidationError("--from and --to are the same store") }
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        try await Migration(
            context: context, configuration: try context.configuration(), from: from, to: to,
            lock: lock, format: formatOption.format
        ).run()
    }
}
