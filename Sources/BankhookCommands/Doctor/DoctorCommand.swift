package import ArgumentParser
internal import BankConnectAPI
internal import SystemCalls

/// `bankhook doctor`: what can this machine do with this configuration?
package struct DoctorCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tell what this machine can and cannot do with the configuration.",
        discussion: """
            Looks at the configuration, the policy, credentials, the records and where they are \
            kept, git, the clock, proxies, trust roots, the API's hosts and the endpoints' names: a \
            line each, ok, warning or error, with the next step. What could not be looked at says so \
            and is never ok.

            It sends no request: connections to the API end once TLS is agreed, endpoints are not \
            called (that is bankhook probe). It records nothing: a temporary file tells whether the \
            state directory can be written, a dry run whether the state branch takes a push. What it \
            sees of the state branch does not count as seen: a rewrite is noticed against what the \
            last plan or apply saw. The API's hosts and the endpoints' names get a minute together.

            Exit status: 0 without an error, warnings or not; 1 with an error; 64 for unusable \
            arguments.

            Example: bankhook doctor --target production
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var formatOption: FormatOption
    @OptionGroup var target: TargetOption

    package init() {}

    var context: CommandContext { CommandContext(options) }
    var failureFormat: OutputFormat { formatOption.format }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let doctor = Doctor(
            context: context, choice: InputChoice(options, context), target: target,
            lookup: .system(timeout: Doctor.timeout))
        let report = DoctorReport(
            findings: try await doctor.findings(),
            columns: OutputDescriptor.standardOutput.columns)
        switch formatOption.format {
        case .text: context.console.output(report.text(context.console.palette))
        case .json: context.console.output(report.json)
        }
        return report.status
    }
}
