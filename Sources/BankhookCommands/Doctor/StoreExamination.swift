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
            context, configuration, desired, callLimit: BranchCheck.callLimit)
        let directory = context.directoryStore(configuration)
        var findings = [DoctorFinding]()
        let inspection: RecordInspection?
        // Reading the branch remembers it.
        let remembered = try? await branch?.repository.rememberedTip()
        if let branch {
            let store = branch.store(beside: directory)
            findings += await BranchCheck(
                store: store, repository: branch.repository, git: branch.git, branch: branch.branch
            ).findings
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
            findings +=
                RecordsCheck(
                    inspection: inspection,
                    activeRuns: ActiveRuns(configuration, desired).warnings(
                        among: records, at: context.now()
                    ).map(\.message),
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
        findings += await StoreExamination.history(
            configuration, check, place, of: inspection == nil ? nil : decoded,
            wasSeen: remembered != nil)
        if branch == nil,
            let committed = await CommittedRecords.read(
                directory: configuration.stateDirectory.path, git: check.git)
        {
            findings +=
                CommittedRecordsCheck(
                    gone: committed.gone,
                    uncommitted: committed.uncommitted(among: records.map(\.environment)),
                    directory: configuration.stateDirectory.path
                ).findings
        }
        let events = [ClockCheck.newest(of: records), await place.headEvent].compactMap(\.self)
        findings.append(ClockCheck(now: context.now(), events: events).finding)
        self.findings = findings
        self.records = records
    }

    /// The git store's own check is that of its branch's tip, which has been looked at with it.
    private static func history(
        _ configuration: Configuration, _ check: HistoryCheck, _ place: ConfigurationPlace,
        of records: [DecodedRecord]?, wasSeen: Bool
    ) async -> [DoctorFinding] {
        guard let records else {
            return [
                .unchecked(
                    .history, "the records cannot be read",
                    next: "mend the store, then run doctor again")
            ]
        }
        let directory = configuration.stateDirectory.path
        // Git cannot be asked in a directory that the first apply will make.
        let isYetToBe =
            place.isInWorkTree && (try? UpwardSearch.realPath(of: directory)) == .some(nil)
        return HistoryDepthCheck(
            place: configuration.stateBranch != nil
                ? .branch(wasSeen: wasSeen)
                : isYetToBe ? .nothing : .clone(await check.coverage(for: records)),
            policy: configuration.policy.history, revision: await place.revision,
            isInWorkTree: place.isInWorkTree
        ).findings
    }
}
