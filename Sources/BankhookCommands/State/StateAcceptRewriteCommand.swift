package import ArgumentParser
internal import BankhookGitStore
internal import BankhookState

/// `bankhook state accept-rewrite --tip ID`: go on after the branch was rewritten.
package struct StateAcceptRewriteCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "accept-rewrite", abstract: "Go on from a state branch that was rewritten.",
        discussion: """
            bankhook refuses a branch that does not descend from what this clone last saw there: \
            somebody pushed with force, and records may be lost. Look at the branch first. What is \
            accepted is the tip with this full id, and no other.

            Example: bankhook state accept-rewrite --tip 4f2c9e1d0b7a6c5e4d3c2b1a09f8e7d6c5b4a392
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    @Option(help: ArgumentHelp("The full id of the branch's tip.", valueName: "id"))
    var tip: String

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let branch = try BranchReport(context, format: formatOption.format)
        return try await branch.run { store throws(BranchError) in
            try await store.acceptRewrite(tip: tip.lowercased())
            var done = BranchReport.Done(
                action: "accepted", text: "accepted \(tip) as the tip of \(branch.name)")
            if await store.mayKeepOutcomes() {
                done.note =
                    "outcomes of earlier applies are kept in this clone: see bankhook plan, and "
                    + "bring them to the branch with bankhook state push"
            }
            return done
        }
    }
}
