package import ArgumentParser
internal import BankConnectAPI
internal import BankhookDelivery
internal import BankhookModel

/// `bankhook payloads`: what did BankConnect try to deliver?
package struct PayloadsCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "payloads",
        abstract: "List what BankConnect tried to deliver, link by link.",
        discussion: """
            The list says what was to be sent and when, not what arrived. It is by link: uploads \
            without a link are in no list, and 'bankhook progress' looks at those by entity.

            A link whose list could not be read is named on standard error, and the exit status is 3.

            Example: bankhook payloads --environment uat --link-id 7f1c-22 --progress failed --latest
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var environment: EnvironmentOption
    @OptionGroup var links: LinkOptions
    @OptionGroup var filters: FilterOptions

    @Option(
        help: ArgumentHelp(
            "table, json or ndjson, a payload a line (default: table).", valueName: "format"),
        transform: PayloadsFormat.parse)
    var format = PayloadsFormat.table

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { format == .json ? .json : .text }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let environment = try environment.entityEnvironment(
            in: try context.configuration(), for: "payloads")
        let access = try ReadAccess(
            environment, parallelism: PayloadsRun.parallelism, in: context)
        let ids = try links.links()
        let report = PayloadsReport(format, access: access, total: ids.count, in: context)
        try await access.withCaller { caller in
            let links = access.linkReader(caller, in: context)
            await PayloadsRun(links, filter: filters.filter).run(ids) { report.add($0) }
        }
        return report.end()
    }
}
