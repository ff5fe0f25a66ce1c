package import ArgumentParser
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookSavedPlan

/// `bankhook apply`: send what differs, and record it.
package struct ApplyCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Send what differs to BankConnect, and record what it confirmed.",
        discussion: """
            Shows the plan and asks first; only 'yes' counts. Where standard input is no terminal, \
            --auto-approve is needed. Every request carries webhook_mode. Success is claimed only \
            once its record is on the disk.

            With a plan that 'plan --out' saved it asks nothing, and sends only if the plan is still \
            the same in every detail.

            With --watch-receipts it ends only when the first webhook has arrived at a new URL, or \
            says after --within that none did (exit 3), and how to go back. It never goes back by \
            itself.

            Example: bankhook apply --auto-approve --target uat
                     bankhook apply --target uat --watch-receipts receipts.ndjson --within 15m
            """)

    /// How many environments at a time where nobody says so.
    static let usualParallelism = 10

    @OptionGroup var options: CommonOptions
    @OptionGroup var reportOptions: ReportOptions
    @OptionGroup var target: TargetOption
    @OptionGroup var shard: ShardOption
    @OptionGroup var allow: AllowOption

    @Flag(help: "Send again what the record agrees with.")
    var reassert = false

    @Flag(help: "Apply without asking.")
    var autoApprove = false

    @Option(
        help: ArgumentHelp(
            "How many environments at a time, 1 to 256.", valueName: "count"))
    var parallelism = ApplyCommand.usualParallelism

    @OptionGroup var lock: LockOption
    @OptionGroup var watch: WatchOptions

    @Argument(help: ArgumentHelp("A plan that 'plan --out' saved.", valueName: "planfile"))
    var planFile: String?

    package init() {}

    var context: CommandContext { CommandContext(options) }

    func report(_ failure: CommandFailure, in context: CommandContext) {
        reportOptions.outputs(of: .apply, on: context.console).write(failure, in: context)
    }

    package mutating func validate() throws {
        guard planFile == nil || (target.patterns.isEmpty && shard.shard == nil && !reassert) else {
            throw ValidationError(
                "a saved plan has its targets in it: --target, --shard and --reassert belong to "
                    + "plan --out")
        }
        guard planFile != "-", planFile != "" else {
            throw ValidationError("a saved plan is read from a file: name it")
        }
        guard (1...256).contains(parallelism) else {
            throw ValidationError("--parallelism takes a number from 1 to 256")
        }
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let outputs = reportOptions.outputs(of: .apply, on: context.console)
        // Before any failure, which would be written there.
        try outputs.check(beside: InputFiles(context, planFile, watch.file))
        let saved = try planFile.map { try savedPlan($0, in: context) }
        let options =
            saved?.plan.options.allowing(allow.names)
            ?? PlanOptions(
                targets: target.patterns, shard: shard.shard, isReasserting: reassert,
                allowed: allow.names)
        let session = ApplySession(
            context: context, target: target, saved: saved, options: options,
            outputs: outputs,
            isApproved: autoApprove || saved != nil, parallelism: parallelism,
            lockTimeout: lock.timeout.duration, watch: try watch.request())
        return try await session.run()
    }

    /// Reads a saved plan; of a name that is an environment's it says how that one is meant.
    private func savedPlan(_ path: String, in context: CommandContext) throws(CommandFailure)
        -> SavedPlanFile
    {
        do throws(CommandFailure) {
            return try SavedPlanFile.read(path)
        } catch {
            guard case .problems(let problems, let status) = error,
                let environments = try? context.configuration().environments,
                environments.contains(where: { $0.name.text == path })
            else { throw error }
            let hint = "\(path) is an environment: bankhook apply --target \(path)"
            throw .problems(
                problems.map { problem in
                    CommandFailure.Problem(
                        code: problem.code, message: problem.message, hint: hint,
                        file: problem.file)
                }, status: status)
        }
    }
}
