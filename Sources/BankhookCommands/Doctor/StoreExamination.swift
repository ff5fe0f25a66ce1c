internal import BankhookConfiguration
internal import BankhookGitStore
internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import Git
internal import SystemCalls

/// Everything that is asked of the store and of git around it. Nothing is locked, recorded or pushed.
struct StoreExamination: Sendable {
    let findings: [DoctorFinding]
    /// Those that could be read.
    let records: [Record]

    init(_ context: CommandContext, _ configuration: Configuration, _ desired: DesiredState) async {
        let branch = BranchContext(
            context, configuration, desired, callLimit: BranchCheck.callLimit, isLook: true)
        let directory = context.directoryStore(configuration)
        let runs = ActiveRuns(configuration, desired)
        // An apply may end while its records are read.
        let holder = runs.lockHolder
        var findings = [DoctorFinding]()
        var kept = Set<EnvironmentName>()
        let inspection: RecordInspection?
        if let branch {
            let store = branch.store(beside: directory)
            (findings, kept) = await BranchCheck(
                store: store, repository: branch.repository, git: branch.git, branch: branch.branch
            ).result
            // What is wrong with the branch has been told.
            inspection = try? await store.inspection()
        } else {
            findings.append(DirectoryCheck(store: directory, makeID: context.makeID).finding)
            do throws(StateErrors) {
                inspection = try directory.inspection()
            } catch {
                inspection = nil
                if findings.allSatisfy({ $0.status != .error }) {
                    findings += error.errors.map {
                        .error(.state, CommandFailure.Problem(state: $0), about: directory.path)
                    }
                }
            }
        }
        let decoded = inspection?.records ?? []
        let records = decoded.map(\.record)
        if let inspection {
            let underWay = runs.underWay(
                among: records, at: context.now(),
                holders: [holder, runs.lockHolder].compactMap(\.self))
            findings +=
                RecordsCheck(
                    inspection: inspection,
                    activeRuns: runs.warnings(among: records, at: context.now()).map(\.message),
                    settling: underWay.union(kept),
                    lockProblem: branch == nil ? directory.lockFileProblem() : nil,
                    isOnBranch: branch != nil
                ).findings
        } else {
            findings.append(
                .unchecked(
                    .lock, "the records cannot be read",
                    next: "mend the store, then run doctor again"))
        }
        let check = HistoryCheck(configuration, desired, variables: context.variables)
        let place = ConfigurationPlace(configuration, git: check.git)
        let committed = await CommittedRecordsCheck(
            directory: configuration.stateDirectory.path, records: records.map(\.environment),
            git: check.git, isOnBranch: branch != nil)
        findings += committed.findings(secrets: desired.secrets)
        findings += await StoreExamination.history(
            configuration, check, place, of: inspection == nil ? nil : decoded,
            committed: committed,
            wasSeen: (try? await branch?.repository.rememberedTip()) != nil)
        let events = [ClockCheck.newest(of: records), await place.headEvent].compactMap(\.self)
        findings.append(ClockCheck(now: context.now(), events: events).finding)
        self.findings = findings
        self.records = records
    }

    /// The git store's own check is that of its branch's tip, which has been looked at with it.
    private static func history(
        _ configuration: Configuration, _ check: HistoryCheck, _ place: ConfigurationPlace,
        of records: [DecodedRecord]?, committed: CommittedRecordsCheck, wasSeen: Bool
    ) async -> [DoctorFinding] {
        guard let records else {
            return [
                .unchecked(
                    .history, "the records cannot be read",
                    next: "mend the store, then run doctor again")
            ]
        }
        // Git cannot be asked in a directory that the first apply will make, or that is gone.
        let isAbsent =
            place.isInWorkTree
            && (try? UpwardSearch.realPath(of: configuration.stateDirectory.path)) == .some(nil)
        return HistoryDepthCheck(
            place: configuration.stateBranch != nil
                ? .branch(wasSeen: wasSeen)
                : isAbsent
                    ? committed.placeWithoutDirectory : .clone(await check.coverage(for: records)),
            policy: configuration.policy.history, revision: await place.revision,
            isInWorkTree: place.isInWorkTree
        ).findings
    }
}
