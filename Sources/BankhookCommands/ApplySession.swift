internal import BankConnectAPI
internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import Logging
internal import SourceText
internal import SystemCalls

/// One apply from its configuration to its report.
struct ApplySession: Sendable {
    let context: CommandContext
    let target: TargetOption
    let outputs: Outputs
    let isApproved: Bool
    let isReasserting: Bool
    let allowed: Set<Refusal.Allow>
    let parallelism: Int
    let lockTimeout: Duration

    private var console: Console { context.console }

    func run() async throws -> ExitStatus {
        guard isApproved || (outputs.format == .text && StandardInput.isTerminal) else {
            throw CommandFailure.problem(
                "approval_needed",
                "apply needs --auto-approve where nobody can be asked",
                hint: "review the plan, then run apply --auto-approve",
                status: .unusableArguments)
        }
        try outputs.check()
        let configuration = try context.configuration()
        let desired = try context.desired(configuration)
        let store = context.store(configuration)
        let isTargeted = try selection(desired, store)
        try requireSecrets(desired, isTargeted: isTargeted)
        let targeted = desired.environments.filter { isTargeted($0.name) }
        let trustRoots = try Preflight(variables: context.variables).check(targeted)
        let check = HistoryCheck(configuration, desired, variables: context.variables)
        return try await LockedRun(context: context, timeout: lockTimeout).run(store) {
            locked, interruption in
            async let walk = check.walk()
            async let head = ConfigurationRevision.find(
                files: configuration.files.map(\.path), git: check.git)
            let records = try self.records(locked)
            context.log.debug("records read", metadata: ["count": "\(records.count)"])
            StateNotes.write(records, of: store, on: console)
            let history = try await check.history(of: records, after: walk)
            let plan = Planner(
                policy: configuration.policy, now: context.now(),
                isReasserting: isReasserting, history: history,
                overridesAhead: allowed.contains(.stateBehind)
            ).plan(
                desired: desired.environments, records: records.map(\.record),
                isTargeted: isTargeted
            ).adding(
                desired.sharedAccounts.warnings + LockedRun.warnings(about: locked, of: store))
            let runnerWarning = await RunnerState.warning(
                walk, at: store.path, variables: context.variables)
            let revision = await head
            return try await apply(
                plan, to: locked, revision: revision, trustRoots: trustRoots,
                interruption: interruption
            ) { outcomes in
                ApplyReport(plan, outcomes: outcomes, runnerWarning: runnerWarning) {
                    store.file(of: $0)
                }
            }
        }
    }

    // MARK: Before the lock

    private func selection(_ desired: DesiredState, _ store: DirectoryStore)
        throws(CommandFailure) -> @Sendable (EnvironmentName) -> Bool
    {
        let recorded: [EnvironmentName]
        do {
            recorded = try store.names()
        } catch {
            throw CommandFailure(error)
        }
        return try target.selection(among: desired.environments.map(\.name) + recorded)
    }

    /// Every targeted environment needs its secrets, changed or not: else a rotated key would pass
    /// as unchanged.
    private func requireSecrets(
        _ desired: DesiredState, isTargeted: (EnvironmentName) -> Bool
    ) throws(CommandFailure) {
        var problems = desired.missingSecrets(isTargeted)
        guard !problems.isEmpty else { return }
        let atHand = desired.environments.filter { isTargeted($0.name) && $0.secrets != nil }
        let options = atHand.map { "--target \($0.name)" }.joined(separator: " ")
        problems.append(
            CommandFailure.Problem(
                code: "credentials_missing",
                message: "apply needs the credentials of every targeted environment; nothing was "
                    + "sent",
                hint: atHand.isEmpty
                    ? "provide them, or name other environments with --target"
                    : "provide them, or apply what is at hand: \(options)"))
        throw .problems(problems, status: .error)
    }

    // MARK: Under the lock

    private func records(_ locked: LockedDirectory) throws(CommandFailure) -> [DecodedRecord] {
        do {
            return try locked.records()
        } catch {
            throw CommandFailure(error)
        }
    }

    private func apply(
        _ plan: Plan, to locked: LockedDirectory, revision: String?, trustRoots: TrustRoots?,
        interruption: Interruption, report: ([EnvironmentOutcome]) -> ApplyReport
    ) async throws -> ExitStatus {
        if outputs.format == .text {
            console.output(PlanReport(plan: plan, allowed: allowed).text(console.palette))
        }
        let open = plan.refusals.filter { !allowed.contains($0.allow) }
        guard open.isEmpty else { return write(ApplyReport(plan, refusedBy: open)) }
        if plan.sends, !isApproved {
            switch await Prompt.ask(on: console, interruption: interruption) {
            case .yes: break
            case .interrupted:
                throw CommandFailure.problem("interrupted", "interrupted; nothing was sent")
            case .other:
                throw CommandFailure.problem(
                    "not_approved", "not approved; nothing was sent")
            }
        }
        let progress = ApplyProgress(
            total: plan.changes.count { $0.action.sends }, console: console)
        let outcomes = try await BankConnectClient.withClient(
            trustRoots: trustRoots, connections: parallelism, userAgent: Version.userAgent
        ) { client in
            let run = ApplyRun(
                store: locked, api: client, time: .system(now: context.now),
                holder: locked.holder, tool: Version.tool, revision: revision,
                parallelism: parallelism, makeID: context.makeID, log: context.log)
            return await run.run(plan, interruption: interruption) { progress.report($0) }
        }
        progress.end()
        return write(report(outcomes))
    }

    private func write(_ report: ApplyReport) -> ExitStatus {
        if !report.message.isEmpty { console.message(report.message) }
        outputs.write(report)
        return report.status
    }
}
