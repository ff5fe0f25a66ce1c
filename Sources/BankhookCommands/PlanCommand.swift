package import ArgumentParser
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import Logging
internal import SystemCalls

/// `bankhook plan`: what would an apply do?
package struct PlanCommand: ParsableCommand, Executable {
    package static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what an apply would send, and why.",
        discussion: """
            Reads the configuration and the recorded state; sends nothing, locks nothing and writes \
            nothing. It needs no credentials: where they are not at hand it says that the account \
            was not compared.

            Example: bankhook plan --detailed-exitcode
            """)

    @OptionGroup var options: CommonOptions
    @OptionGroup var reportOptions: ReportOptions
    @OptionGroup var target: TargetOption

    @Flag(help: "Send again what the record agrees with.")
    var reassert = false

    @Flag(help: "List unchanged environments one by one.")
    var all = false

    @Flag(help: "Exit with 2 when something would be sent.")
    var detailedExitcode = false

    package init() {}

    var context: CommandContext { CommandContext(options) }

    func report(_ failure: CommandFailure, in context: CommandContext) {
        reportOptions.outputs(of: .plan, on: context.console).write(failure, in: context)
    }

    func execute(_ context: CommandContext) async throws -> ExitStatus {
        let outputs = reportOptions.outputs(of: .plan, on: context.console)
        try outputs.check()
        let configuration = try context.configuration()
        let desired = try context.desired(configuration)
        let check = HistoryCheck(configuration, desired, variables: context.variables)
        async let walk = check.walk()
        let records: [DecodedRecord]
        do {
            records = try context.store(configuration).records()
        } catch {
            throw CommandFailure(error)
        }
        context.log.debug("records read", metadata: ["count": "\(records.count)"])
        let isTargeted = try target.selection(
            among: desired.environments.map(\.name) + records.map(\.record.environment))
        let history = try await check.history(of: records, after: walk)
        let plan = Planner(
            policy: configuration.policy, now: context.now(), isReasserting: reassert,
            history: history
        ).plan(
            desired: desired.environments, records: records.map(\.record), isTargeted: isTargeted
        ).adding(desired.sharedAccounts.warnings + beingApplied(context.store(configuration)))
        StateNotes.write(records, of: context.store(configuration), on: context.console)
        outputs.write(PlanReport(plan: plan, showsUnchanged: all))
        return detailedExitcode && plan.sends ? .wouldSend : .done
    }

    /// A warning where somebody applies at this moment: what is recorded is about to change.
    private func beingApplied(_ store: DirectoryStore) -> [PlanWarning] {
        guard let holder = store.holder() else { return [] }
        if holder.host == ProcessIdentity.host {
            guard ProcessIdentity.isRunning(holder.process) else { return [] }
            return [PlanWarning(.beingApplied, nil, "being applied by \(holder)")]
        }
        return [
            PlanWarning(
                .beingApplied, nil,
                "being applied by \(holder); cannot tell whether it still runs")
        ]
    }
}
