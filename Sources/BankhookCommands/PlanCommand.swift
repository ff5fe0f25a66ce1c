package import ArgumentParser
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import Logging

/// `bankhook plan`: what would an apply do?
package struct PlanCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what an apply would send, and why.",
        discussion: """
            Reads the configuration and the recorded state; sends nothing, locks nothing and writes \
            nothing. It needs no credentials: where they are not at hand it says that the account \
            was not compared.

            With --out it saves the plan, without a secret in it. 'bankhook apply FILE' then applies \
            that plan and no other: whatever changed meanwhile makes it stale.

            Example: bankhook plan --detailed-exitcode --out plan.json
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var reportOptions: ReportOptions
    @OptionGroup var target: TargetOption
    @OptionGroup var shard: ShardOption
    @OptionGroup var allow: AllowOption

    @Flag(help: "Send again what the record agrees with.")
    var reassert = false

    @Flag(help: "List unchanged environments one by one.")
    var all = false

    @Flag(help: "Exit with 2 when something would be sent.")
    var detailedExitcode = false

    @Option(
        help: ArgumentHelp("Save the plan, for 'bankhook apply FILE'.", valueName: "file"))
    var out: String?

    package init() {}

    var context: CommandContext { CommandContext(options) }

    func report(_ failure: CommandFailure, in context: CommandContext) {
        reportOptions.outputs(of: .plan, on: context.console).write(failure, in: context)
    }

    package mutating func validate() throws {
        guard out != "-" else {
            throw ValidationError(
                "--out - is not possible: standard output has the plan; name a file")
        }
        guard out != "" else { throw ValidationError("--out names no file") }
        guard out != nil || allow.names.isEmpty else {
            throw ValidationError("plan records --allow in a saved plan: it needs --out FILE")
        }
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let outputs = reportOptions.outputs(of: .plan, on: context.console)
        let destination = out.map(PlanDestination.init)
        func check(_ inputs: InputFiles) throws(CommandFailure) {
            try outputs.check(beside: inputs)
            try destination?.check(beside: outputs, inputs)
        }
        try check(InputFiles(context))
        let configuration = try context.configuration()
        try check(InputFiles(configuration))
        let desired = try context.desired(configuration)
        let store = context.store(configuration, desired)
        let check = HistoryCheck(configuration, desired, variables: context.variables)
        async let walk = check.walk()
        let records: [DecodedRecord]
        do {
            records = try await store.records()
        } catch {
            throw CommandFailure(error)
        }
        context.log.debug("records read", metadata: ["count": "\(records.count)"])
        let planning = Planning(
            configuration: configuration, desired: desired,
            options: PlanOptions(
                targets: target.patterns, shard: shard.shard, isReasserting: reassert,
                allowed: allow.names),
            isTargeted: try target.selection(
                among: desired.environments.map(\.name) + records.map(\.record.environment)))
        let history = try await check.history(of: records, after: walk)
        let kept = await KeptOutcomes(in: store)
        let moment = context.now()
        let planned = planning.plan(records, history, at: moment)
        let removed = await check.removedRecords(of: planned)
        let plan = planned.adding(removed)
            .adding(
                ActiveRuns(configuration, desired).warnings(
                    among: records.map(\.record), at: moment) + kept.warnings
            ).lifting(allow.names)
        StateNotes.write(records, of: store, on: context.console)
        outputs.write(PlanReport(plan: plan, showsUnchanged: all))
        destination?.save(
            planning.saving(plan, records, at: moment) { _ in Lineage(context.makeID()) },
            on: context.console)
        let wouldSend = plan.sends || kept.changes(planning)
        return detailedExitcode && wouldSend ? .wouldSend : .done
    }
}
