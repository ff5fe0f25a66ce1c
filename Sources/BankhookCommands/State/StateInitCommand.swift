package import ArgumentParser
internal import BankhookGitStore
internal import BankhookState

/// `bankhook state init`: make the branch of the git store.
package struct StateInitCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make the branch of the git store.",
        discussion: """
            Makes the branch that state.git names, also on an empty remote. One that exists is left \
            as it is. A branch that was there and is gone is not made anew: restore it.

            Example: bankhook state init
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let branch = try BranchReport(context, format: formatOption.format)
        return try await branch.run { store throws(BranchError) in
            try await store.initialize()
                ? .init(action: "initialized", text: "made \(branch.name)")
                : .init(action: "unchanged", text: "\(branch.name) exists; it is left as it is")
        }
    }
}
