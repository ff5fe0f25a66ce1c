package import ArgumentParser
internal import BankhookConfiguration
internal import BankhookGitStore
internal import BankhookHistory
internal import BankhookState
internal import SourceText

/// `bankhook state verify`: are the records intact, and do they follow from what was committed?
package struct StateVerifyCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the records, and their history in git.",
        discussion: """
            Checks every state file, and along HEAD's own history, or the state branch's, that each \
            version is a record and follows from the one before it; names the commit that broke it. Reads only: it takes \
            no lock. Damage is exit status 1.

            Example: bankhook state verify --format json
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    @Flag(help: "List the records in which nothing was found, too.")
    var all = false

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let configuration = try context.configuration()
        let store = context.store(configuration)
        let inspection: RecordInspection
        let tip: String?
        do {
            inspection = try await store.inspection()
            tip = try await (store as? GitStore)?.lastCommit()
        } catch {
            throw CommandFailure(error)
        }
        let desired = DesiredState(
            configuration, resolver: SecretResolver(variables: context.variables))
        let report = await HistoryCheck(configuration, desired, variables: context.variables)
            .verification(of: inspection, in: store, at: tip)
        StateNotes.write(inspection.records, of: store, on: context.console)
        let rendering = VerifyRendering(report: report, showsAll: all)
        switch formatOption.format {
        case .text:
            context.console.output(context.console.palette.paintHeadings(in: rendering.text))
        case .json: context.console.output(rendering.json)
        }
        return report.status
    }
}
