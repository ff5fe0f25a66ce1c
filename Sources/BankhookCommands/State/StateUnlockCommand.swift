package import ArgumentParser
internal import BankhookGitStore
internal import BankhookState

/// `bankhook state unlock --id ID`: end the lease of a dead run.
package struct StateUnlockCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "End the lease of a run that is dead.",
        discussion: """
            The id is the one that the message about the lock shows. Its intents stay, so their \
            outcome is unknown: the next apply sends those environments again. Make sure that the \
            run is dead: one that lives may still send until its lease would have to be renewed.

            Example: bankhook state unlock --id 6f1c02b9-d3a4-4581-8000-3f1b7c1f6a55
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    @Option(help: ArgumentHelp("The lock's id.", valueName: "id"))
    var id: String

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let branch = try BranchReport(context, format: formatOption.format)
        return try await branch.run { store throws(StateError) in
            let names = try await store.unlock(id: id.lowercased())
            return .init(
                action: "unlocked", environments: names,
                text: names.map { "\($0): unlocked; its outcome is unknown" }
                    .joined(separator: "\n"))
        }
    }
}
