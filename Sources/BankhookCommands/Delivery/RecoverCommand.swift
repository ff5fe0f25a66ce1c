package import ArgumentParser
internal import BankhookDelivery
internal import BankhookModel

/// `bankhook recover`: deliver again what an outage lost.
package struct RecoverCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Deliver again what BankConnect could not, from its own list.",
        discussion: """
            Sends each payload that BankConnect lists and the receipts do not show to the configured \
            webhook_url, or to --to: oldest first and one at a time within a link, with \
            X-Bankhook-Recovered: 1. What the endpoint answered with 200 is appended to the receipts \
            before the next one of its link, so that an interrupted run goes on where it stopped. \
            Delivery is at least once: a payload whose answer was lost is sent again by the next run.

            A payload that is none of the documented ones is not sent: it is named with its wrong field, \
            and ends its link like one that was not answered with 200. Nothing is sent of a link whose \
            list holds a payload of another one. Both are exit status 3.

            Without --receipts every listed payload is sent. Where the file does not exist every payload \
            counts as lost too: a warning says so, and it is made. For uploads without a link see \
            'bankhook progress'.

            Example: bankhook recover --environment uat --links links.txt --receipts receipts.ndjson \
            --dry-run
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption
    @OptionGroup var environment: EnvironmentOption
    @OptionGroup var links: LinkOptions
    @OptionGroup var filters: FilterOptions

    @Option(
        help: ArgumentHelp(
            "What the endpoint has: a file of receipts, which grows.", valueName: "file"))
    var receipts: String?

    @Option(
        name: .customLong("to"),
        help: ArgumentHelp("Deliver there instead of the configured webhook_url.", valueName: "url")
    )
    var destination: String?

    @Option(
        help: ArgumentHelp("At most so many a second, evenly spaced: 5/s.", valueName: "N/s"),
        transform: DeliveryRate.parse)
    var rate: DeliveryRate?

    @Flag(help: "Show exactly what would be sent, and send nothing.")
    var dryRun = false

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    package mutating func validate() throws {
        guard receipts != "-" else {
            throw ValidationError("--receipts - is not possible: receipts are read and appended to")
        }
        guard receipts != "" else { throw ValidationError("--receipts names no file") }
        if let destination {
            do throws(URLProblem) {
                _ = try EndpointURL(destination)
            } catch {
                throw ValidationError("--to \(error.message)\(error.hint.map { "; \($0)" } ?? "")")
            }
        }
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let environment = try environment.entityEnvironment(
            in: try context.configuration(), for: "recover")
        let session = RecoverSession(
            context: context, format: formatOption.format,
            access: try ReadAccess(
                environment,
                endpoint: try RecoverDestination(environment, to: destination)
                    .endpoint(context),
                parallelism: PayloadsRun.parallelism, in: context),
            links: try links.links(), filter: filters.filter, receiptsPath: receipts,
            interval: rate?.interval ?? .zero, isDryRun: dryRun)
        return try await session.run()
    }
}
