internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import Git

/// What git knows of the records, for the rollback check of a plan or an apply and for `state verify`,
/// and whether a policy wants more than that.
struct HistoryCheck: Sendable {
    let git: Git
    private let directory: String
    private let reader: HistoryReader
    private let policy: Policy.History
    private let secrets: [Secret]
    /// The git store's own check is that of its branch's tip (specification, section 6).
    private let branch: StateBranch?

    init(
        _ configuration: Configuration, _ desired: DesiredState, variables: [String: String]
    ) {
        git = Git(
            environment: GitEnvironment(
                variables, withholding: configuration.secretVariables))
        directory = configuration.stateBranch?.folder ?? configuration.stateDirectory.path
        reader = HistoryReader(git: git, directory: directory)
        policy = configuration.policy.history
        secrets = desired.secrets
        branch = configuration.stateBranch
    }

    /// What the plan should say of records that were removed by hand.
    func removedRecords(of plan: Plan) async -> [PlanWarning] {
        guard branch == nil else { return [] }
        return await RemovedRecords.warnings(about: plan, in: directory, git: git)
    }

    /// The part that needs no records.
    func walk() async -> HistoryWalk {
        branch != nil ? .notNeeded : await reader.walk()
    }

    /// What it comes to for the records; throws where the policy requires what could not be had.
    func history(of records: [DecodedRecord], after walk: HistoryWalk)
        async throws(CommandFailure) -> RecordHistory
    {
        guard branch == nil else { return RecordHistory(coverage: .complete) }
        let history = await reader.history(of: records, after: walk)
        switch history.coverage {
        case .complete: return history
        case .noWorkTree:
            try refuse("the records are in no git work tree", "keep them in one")
            return history
        case .incomplete(let problem, let wayOut):
            // It may quote git, which may quote anything.
            let problem = ForeignText(problem, secrets: secrets).shown
            try refuse(problem, wayOut)
            return RecordHistory(
                coverage: .incomplete(problem, wayOut: wayOut), findings: history.findings)
        }
    }

    /// How much of history the rollback check can see; what git says of it is safe to show.
    func coverage(for records: [DecodedRecord]) async -> RecordHistory.Coverage {
        let walk = await reader.walk()
        let coverage =
            records.isEmpty
            ? walk.coverage : await reader.history(of: records, after: walk).coverage
        guard case .incomplete(let problem, let wayOut) = coverage else { return coverage }
        return .incomplete(ForeignText(problem, secrets: secrets).shown, wayOut: wayOut)
    }

    /// What is wrong with the records, and with what history holds of them.
    ///
    /// On a branch, `tip` is the commit that they were read from.
    func verification(
        of inspection: RecordInspection, in store: any StateStore, at tip: String?
    ) async -> VerifyReport {
        let walk =
            if let branch, let tip { await reader.walk(branch: tip, folder: branch.prefix) } else {
                await reader.walk()
            }
        let found = await reader.verification(of: inspection, after: walk)
        return VerifyReport(
            found, gap: gap(in: found.coverage, "history is not checked"),
            isHistoryRequired: policy == .require, store: store)
    }

    /// What happened to the records, or to one environment's; nil where its name is unknown.
    func report(on place: TimelinePlace, about name: EnvironmentName?) async -> HistoryReport? {
        let reader = TimelineReader(git: git, directory: place.directory)
        let whole =
            switch place {
            case .directory(_, let inspection): await reader.timeline(of: inspection)
            case .branch(let branch, let tip):
                await reader.timeline(of: tip, folder: branch.prefix)
            }
        let part = name.map { whole.limited(to: $0) } ?? whole
        guard let part else { return nil }
        let search = SecretSearch(secrets)
        return HistoryReport(
            timeline: part.mapping { ForeignText($0, search: search).shown },
            name: name, gap: gap(in: whole.coverage, "history is not shown"),
            isHistoryRequired: policy == .require)
    }

    /// Why history could not be looked at, or not all of it; `problem` is what that means.
    private func gap(in coverage: RecordHistory.Coverage, _ problem: String) -> VerifyReport.Gap? {
        switch coverage {
        case .complete: nil
        case .noWorkTree:
            .init(
                message: "\(problem): the records are in no git work tree",
                hint: "keep them in one", status: .none)
        case .incomplete(let problem, let wayOut):
            .init(
                // It may quote git, which may quote anything.
                message: ForeignText(problem, secrets: secrets).shown, hint: wayOut,
                status: .incomplete)
        }
    }

    private func refuse(_ problem: String, _ wayOut: String) throws(CommandFailure) {
        guard policy == .require else { return }
        throw .problem(
            "history_incomplete", "policy.history requires a rollback check: \(problem)",
            hint: wayOut)
    }
}
