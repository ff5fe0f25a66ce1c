package import ArgumentParser
internal import BankhookConfiguration
internal import BankhookGitStore
internal import BankhookModel
internal import BankhookState
internal import SourceText

/// `bankhook state history [NAME]`: what became of the records, commit by commit.
package struct StateHistoryCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Tell from git what happened to the records.",
        discussion: """
            Tells, newest first, what each commit in HEAD's own history, or on the branch of a git \
            store, did to the records: who, when, in which run, and the registration before and after. A record that moved is \
            followed under all of its names. Reads only: it takes no lock.

            With --format html it prints one page that needs nothing but itself: a timeline of \
            every environment, and the table of all that happened.

            Example: bankhook state history --format html > history.html
            """)

    @OptionGroup var options: CommonOptions

    @Option(
        help: ArgumentHelp("text, json or html.", valueName: "format"),
        transform: HistoryFormat.parse)
    var format = HistoryFormat.text

    @Argument(help: "The environment's name; without it, all of them.")
    var name: String?

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { format == .json ? .json : .text }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let configuration = try context.configuration()
        let desired = DesiredState(
            configuration, resolver: SecretResolver(variables: context.variables))
        let place: TimelinePlace
        do {
            place = try await self.place(context, configuration, desired)
        } catch {
            throw CommandFailure(error)
        }
        let check = HistoryCheck(configuration, desired, variables: context.variables)
        let wanted = name.map(EnvironmentName.init)
        guard wanted != .some(nil),
            let report = await check.report(on: place, about: wanted ?? nil)
        else { throw unknown(name ?? "") }
        write(report, to: context)
        return report.status
    }

    private func place(
        _ context: CommandContext, _ configuration: Configuration, _ desired: DesiredState
    ) async throws(StateErrors) -> TimelinePlace {
        let store = context.directoryStore(configuration)
        guard let branch = BranchContext(context, configuration, desired) else {
            let inspection = try store.inspection()
            StateNotes.write(inspection.records, of: store, on: context.console)
            return .directory(store.path, inspection)
        }
        return .branch(branch.branch, tip: try await branch.store(beside: store).lastCommit())
    }

    private func write(_ report: HistoryReport, to context: CommandContext) {
        let console = context.console
        switch format {
        case .text:
            let rendering = HistoryRendering(
                report, now: context.now(), palette: console.palette)
            console.output(console.palette.paintHeadings(in: rendering.text))
        case .json: console.output(HistoryJSON.text(report))
        case .html: console.output(HistoryPage(report, now: context.now()).text)
        }
    }

    private func unknown(_ name: String) -> CommandFailure {
        .problem(
            "unknown_environment",
            "nothing is recorded for \(quoted(name)), and its history is not known either",
            hint: "see bankhook state list, or bankhook state history without a name")
    }
}
