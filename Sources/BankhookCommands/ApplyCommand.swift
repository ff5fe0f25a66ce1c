package import ArgumentParser
internal import BankhookPlan

/// `bankhook apply`: send what differs, and record it.
package struct ApplyCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Send what differs to BankConnect, and record what it confirmed.",
        discussion: """
            Shows the plan and asks first; only 'yes' counts. Where standard input is no terminal, \
            --auto-approve is needed. Every request carries webhook_mode. Success is claimed only \
            once its record is on the disk.

            Example: bankhook apply --auto-approve --target uat
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var reportOptions: ReportOptions
    @OptionGroup var target: TargetOption

    @Flag(help: "Send again what the record agrees with.")
    var reassert = false

    @Flag(help: "Apply without asking.")
    var autoApprove = false

    @Option(
        name: .customLong("allow"),
        help: ArgumentHelp(
            "Lift a safety check: protected, mode-downgrade, max-changes, state-behind; "
                + "repeatable, or a comma list.", valueName: "names"),
        transform: AllowList.parse)
    var allowed: [AllowList] = []

    @Option(
        help: ArgumentHelp(
            "How many environments at a time, 1 to 256.", valueName: "count"))
    var parallelism = 10

    @OptionGroup var lock: LockOption

    @Argument(help: .hidden)
    var planFile: String?

    package init() {}

    var context: CommandContext { CommandContext(options) }

    func report(_ failure: CommandFailure, in context: CommandContext) {
        reportOptions.outputs(of: .apply, on: context.console).write(failure, in: context)
    }

    package mutating func validate() throws {
        guard planFile == nil else {
            throw ValidationError("a saved plan is not supported in this version")
        }
        guard (1...256).contains(parallelism) else {
            throw ValidationError("--parallelism takes a number from 1 to 256")
        }
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let session = ApplySession(
            context: context, target: target,
            outputs: reportOptions.outputs(of: .apply, on: context.console),
            isApproved: autoApprove, isReasserting: reassert,
            allowed: Set(allowed.flatMap(\.names)), parallelism: parallelism,
            lockTimeout: lock.timeout.duration)
        return try await session.run()
    }
}
