package import ArgumentParser
internal import BankhookGitStore
internal import BankhookState

/// `bankhook state push`: bring kept outcomes to the branch.
package struct StatePushCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Push outcomes that an apply could not push.",
        discussion: """
            An apply whose last push fails keeps its outcomes in this clone, and exits with 3. This \
            tries again, as long as the branch still holds their intents; the next apply from this \
            clone does so by itself. Each one's fate is told: pushed, present (it was there already), \
            superseded (the branch has gone on from there), or doubted (the branch was taken back to \
            before its intent, which is put there again: the next apply sends it once more). Where one \
            is doubted, or something is kept for another remote, branch or path, the exit status is 3.

            Example: bankhook state push
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let branch = try BranchReport(context, format: formatOption.format)
        return try await branch.run(failingWith: .incomplete) { store throws(StateError) in
            let outcomes = try await store.pushKept()
            return .pushed(outcomes, elsewhere: try await store.keptElsewhere())
        }
    }
}
