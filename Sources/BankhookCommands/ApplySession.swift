internal import BankConnectAPI
internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan
internal import BankhookSavedPlan
internal import BankhookState
internal import Logging
internal import SourceText
internal import SystemCalls

/// One apply from its configuration to its report.
struct ApplySession: Sendable {
    let context: CommandContext
    let target: TargetOption
    /// The plan that alone may be carried out, where one was saved.
    let saved: SavedPlanFile?
    let options: PlanOptions
    let outputs: Outputs
    let isApproved: Bool
    let parallelism: Int
    let lockTimeout: Duration
    /// What to wait for after a change of URL; nil for nothing.
    let watch: WatchRequest?

    /// What is left to do after the lock.
    private enum End {
        case ended(ExitStatus)
        case watched(WatchedApply)
    }

    private var console: Console { context.console }

    func run() async throws -> ExitStatus {
        guard isApproved || (outputs.format == .text && StandardInput.isTerminal) else {
            throw CommandFailure.problem(
                "approval_needed",
                "apply needs --auto-approve where nobody can be asked",
                hint: "review the plan, then run apply --auto-approve",
                status: .unusableArguments)
        }
        guard let watch else { return try await run(nil) }
        return try await watch.withSource(in: context) { source in
            try await run(Cutover(request: watch, source: source, context: context))
        }
    }

    private func run(_ cutover: Cutover?) async throws -> ExitStatus {
        let configuration = try context.configuration()
        try outputs.check(beside: InputFiles(configuration))
        let desired = try context.desired(configuration)
        let interruption = Interruption()
        let store = context.store(configuration, desired, interruption: interruption)
        let isTargeted = try await selection(desired, store)
        // What is sent from here: the targeted part of the shard.
        let isOwn = { [shard = options.shard] (name: EnvironmentName) in
            isTargeted(name) && shard?.contains(name) != false
        }
        try requireSecrets(desired, isTargeted: isOwn)
        let targeted = desired.environments.filter { isOwn($0.name) }
        let probes = try ApplyProbes(targeted, variables: context.variables)
        let preflight = try Preflight(variables: context.variables, parallelism: parallelism)
            .check(targeted, endpoints: probes.endpoints)
        let check = HistoryCheck(configuration, desired, variables: context.variables)
        let planning = Planning(
            configuration: configuration, desired: desired, options: options,
            isTargeted: isTargeted)
        if let saved {
            // A plan that is stale already locks nothing.
            let records = try await records(of: store)
            let history = try await check.history(of: records, after: check.walk())
            _ = try plan(planning, records, history)
            saved.writeAllowed(on: console)
        }
        let approval = Approval(isGiven: isApproved)
        let run = LockedRun(
            context: context, timeout: lockTimeout, interruption: interruption,
            secrets: desired.secrets)
        return try await run.run(store) { locked -> End in
            async let walk = check.walk()
            async let head = ConfigurationRevision.find(
                files: configuration.files.map(\.path), git: check.git)
            let records = try self.records(locked.records)
            context.log.debug("records read", metadata: ["count": "\(records.count)"])
            StateNotes.write(records, of: store, on: console)
            let history = try await check.history(of: records, after: walk)
            let planned = try plan(planning, records, history)
            let plan = planned.adding(await check.removedRecords(of: planned))
                .adding(LockedRun.warnings(about: locked, of: store)).lifting(options.allowed)
            let runnerWarning =
                store.isOnDisk
                ? await RunnerState.warning(
                    walk, at: configuration.stateDirectory.path, variables: context.variables)
                : nil
            let revision = await head
            let change =
                plan.refusals.isEmpty
                ? try cutover?.change(
                    of: plan, among: TakenURL.all(desired, records.map(\.record))) : nil
            let report = try await apply(
                plan, to: locked, approval, revision: revision, preflight: preflight,
                probes: probes, watching: change == nil ? nil : cutover, interruption: interruption
            ) { outcomes in
                ApplyReport(plan, outcomes: outcomes, runnerWarning: runnerWarning) {
                    store.isOnDisk ? store.file(of: $0) : nil
                }
            }
            guard let cutover, report.refusals.isEmpty else { return .ended(write(report)) }
            let watched = WatchedApply(
                cutover: cutover, name: change?.name,
                registered: cutover.registered(change, among: report.outcomes, in: locked),
                report: report, outputs: outputs,
                wayBack: WayBackSearch(
                    context: context, configuration: configuration, git: check.git,
                    recorded: records.count { $0.record.applied != nil }, isApproved: isApproved),
                desired: desired, store: store)
            watched.writeFirst()
            return .watched(watched)
        } afterwards: { end in
            switch end {
            case .ended(let status): status
            case .watched(let apply): await apply.finish(interruption)
            }
        }
    }

    // MARK: Before the lock

    private func selection(_ desired: DesiredState, _ store: any StateStore)
        async throws(CommandFailure) -> @Sendable (EnvironmentName) -> Bool
    {
        let recorded: [EnvironmentName]
        do {
            recorded = try await store.names()
        } catch {
            throw CommandFailure(error)
        }
        // A name that a saved plan had and that is gone makes it stale, and the targets not wrong.
        guard saved == nil else { return TargetOption.matching(options.targets) }
        return try target.selection(among: desired.environments.map(\.name) + recorded)
    }

    /// The plan for these records; where one was saved, that one must be the same.
    private func plan(_ planning: Planning, _ records: [DecodedRecord], _ history: RecordHistory)
        throws(CommandFailure) -> Plan
    {
        try saved?.confirmed(records, history, planning)
            ?? planning.plan(records, history, at: context.now())
    }

    private func records(of store: any StateStore) async throws(CommandFailure) -> [DecodedRecord] {
        do {
            return try await store.records()
        } catch {
            throw CommandFailure(error)
        }
    }

    private func records(_ read: () throws(StateErrors) -> [DecodedRecord])
        throws(CommandFailure) -> [DecodedRecord]
    {
        do {
            return try read()
        } catch {
            throw CommandFailure(error)
        }
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
                hint: saved != nil
                    ? "provide them: a saved plan is applied whole"
                    : atHand.isEmpty
                        ? "provide them, or name other environments with --target"
                        : "provide them, or apply what is at hand: \(options)"))
        throw .problems(problems, status: .error)
    }

    // MARK: Under the lock

    private func apply(
        _ plan: Plan, to locked: any LockedStore, _ approval: Approval, revision: String?,
        preflight: Preflight.Result, probes: ApplyProbes, watching cutover: Cutover?,
        interruption: Interruption, report: ([EnvironmentOutcome]) -> ApplyReport
    ) async throws -> ApplyReport {
        try locked.requireFree(plan.changes.filter(\.action.sends).map(\.name), of: plan.accounts)
        // A refusal follows as an error.
        let shown = PlanReport(plan: plan, listsRefusals: false).text(console.palette)
        if outputs.format == .text, approval.isNew(shown) { console.output(shown) }
        guard plan.refusals.isEmpty else {
            return ApplyReport(plan, refusedBy: plan.refusals)
        }
        try await cutover?.begin(or: "nothing was sent")
        if plan.sends, !approval.covers(shown) {
            switch await Prompt.ask(on: console, interruption: interruption) {
            case .yes: approval.give(for: shown)
            case .interrupted:
                throw CommandFailure.problem("interrupted", "interrupted; nothing was sent")
            case .other:
                throw CommandFailure.problem(
                    "not_approved", "not approved; nothing was sent")
            }
        }
        let progress = ApplyProgress(
            total: plan.changes.count { $0.action.sends }, console: console)
        let time = RunTime.system(now: context.now)
        let outcomes = try await probes.withProbe(
            preflight, connections: parallelism, time: time,
            isFailureAllowed: options.allowed.contains(.probe)
        ) { probe in
            try await BankConnectClient.withClient(
                trustRoots: preflight.trustRoots, proxies: preflight.proxies,
                connections: parallelism, userAgent: Version.userAgent
            ) { client in
                let run = ApplyRun(
                    store: locked, api: client, time: time,
                    holder: locked.holder, tool: Version.tool, revision: revision,
                    parallelism: parallelism, sharedSecrets: preflight.proxies.secrets,
                    probe: probe, makeID: context.makeID, log: context.log)
                let probed = await run.probe(plan, interruption: interruption)
                // Again: what counts deliveries may have counted a probe.
                try await cutover?.begin(or: "nothing was registered")
                let intents: PreparedIntents
                do throws(StateError) {
                    intents = try await run.prepare(plan, probed: probed)
                } catch {
                    guard interruption.isRequested else { throw error }
                    throw CommandFailure(interruptedBy: error, before: locked.holder)
                }
                return await run.run(
                    plan, probed: probed, prepared: intents, interruption: interruption
                ) {
                    progress.report($0)
                }
            }
        }
        progress.end()
        return report(outcomes)
    }

    private func write(_ report: ApplyReport) -> ExitStatus {
        // Where a person reads both on one screen, what is to be done now stands last. Elsewhere nobody
        // may read standard output, and this must be said all the same.
        let isLast = console.isOutputOnTerminal
        if !isLast { console.message(report.message) }
        outputs.write(report)
        if isLast { console.message(report.message) }
        return report.status
    }
}
