package import ArgumentParser
internal import BankhookDelivery
internal import BankhookModel

/// `bankhook probe`: do the endpoints answer as BankConnect needs it?
package struct ProbeCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Post a marked payload to the endpoints, and require exactly 200.",
        discussion: """
            The payload is a documented one with ids that nobody has, marked X-Bankhook-Probe: 1, and \
            goes to each environment's webhook_url with its probe_headers; API credentials are not \
            needed. A redirect is not followed. What it says holds from this machine: BankConnect \
            calls from another one.

            Examples: bankhook probe production
                      bankhook probe --url https://hooks.lender.example/bankconnect
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption

    @Argument(help: ArgumentHelp("Environments (default: all).", valueName: "name"))
    var names: [String] = []

    @Option(
        help: ArgumentHelp(
            "An endpoint in no configuration; none is read then.", valueName: "url"))
    var url: String?

    @Flag(
        help: """
            Post every documented payload, failures and missing ids too: only for receivers that \
            know the mark.
            """)
    var allShapes = false

    package init() {}

    package mutating func validate() throws {
        guard url == nil || names.isEmpty else {
            throw ValidationError("--url probes that URL alone: leave the names out")
        }
    }

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let targets = ProbeTargets(context: context)
        let probed = try url.map { [try targets.target($0)] } ?? targets.targets(named: names)
        let results = try await EndpointCalls(variables: context.variables)
            .withClient(calling: probed.map(\.url), connections: EndpointCalls.parallelism) {
                await Probe($0, time: .system(now: context.now)).run(
                    probed, allShapes: allShapes, parallelism: EndpointCalls.parallelism)
            }
        let report = ProbeReport(results)
        switch formatOption.format {
        case .text: context.console.output(report.text(context.console.palette))
        case .json: context.console.output(report.json)
        }
        return report.status
    }
}
