internal import BankConnectAPI
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import SourceText

/// Finds out what this machine can and cannot do with a configuration. It sends nothing to the API or
/// to an endpoint, and writes no record.
struct Doctor: Sendable {
    let context: CommandContext
    let choice: InputChoice
    let target: TargetOption
    let lookup: HostLookup

    /// How long each host and each name is waited for.
    static let timeout = TimeSpan(seconds: 5)
    /// How many of them at a time.
    static let parallelism = 16
    /// How long all of them together are waited for.
    static let networkTime = TimeSpan(seconds: 60)

    /// Everything, in the order of the checks.
    func findings() async throws(CommandFailure) -> [DoctorFinding] {
        let result = ConfigurationLoader.load(
            path: context.configurationPath, policyPath: context.policyPath)
        var findings = ConfigurationCheck(
            choice: choice, result: result, isCI: context.variables["CI"] == "true"
        ).findings
        guard let configuration = result.configuration else {
            return findings + withoutConfiguration
        }
        let resolver = SecretResolver(variables: context.variables)
        let desired = DesiredState(configuration, resolver: resolver)
        findings.insert(contentsOf: accounts(desired), at: 1)
        let openFiles = openFiles
        guard openFiles.status == .ok else {
            return sorted(findings + withoutFiles(configuration, resolver) + [openFiles])
        }
        let state = await StoreExamination(context, configuration, desired)
        let isTargeted = try target.selection(
            among: configuration.environments.map(\.name) + state.records.map(\.environment))
        let targeted = configuration.environments.filter { isTargeted($0.name) }
        // The last ones need their time, too.
        let lastStart = ContinuousClock.now + Doctor.networkTime.duration - Doctor.timeout.duration
        async let network = NetworkExamination(
            environments: targeted, variables: context.variables, now: context.now(),
            lookup: lookup, isOver: { ContinuousClock.now >= lastStart }
        ).findings
        findings += CredentialsCheck(environments: targeted, resolver: resolver).findings
        findings += state.findings
        findings += await network
        return sorted(findings + [openFiles])
    }

    /// The same account wanted differently twice is a mistake, and only values tell it.
    private func accounts(_ desired: DesiredState) -> [DoctorFinding] {
        let conflicts = desired.sharedAccounts.diagnostics
        guard let first = conflicts.first else { return [] }
        return [
            .error(
                .configuration, first.code,
                DoctorText.count(conflicts.count, "pair")
                    + " of environments would overwrite each other",
                next: "bankhook validate names them", about: choice.configuration)
        ]
    }

    /// What can be looked at, and what cannot.
    private var withoutConfiguration: [DoctorFinding] {
        let needing = DoctorCheck.allCases.filter {
            ![.configuration, .policy, .trustRoots, .openFiles].contains($0)
        }
        return sorted(
            needing.map(DoctorText.withoutConfiguration) + [
                TrustRootsCheck(variables: context.variables).system, openFiles,
            ])
    }

    /// What can be looked at where neither git nor a connection could be had.
    private func withoutFiles(_ configuration: Configuration, _ resolver: SecretResolver)
        -> [DoctorFinding]
    {
        let isTargeted = TargetOption.matching(target.patterns)
        let targeted = configuration.environments.filter { isTargeted($0.name) }
        let roots = TrustRootsCheck(variables: context.variables)
        let needing: [DoctorCheck] = [.state, .lock, .history, .clock, .api, .endpoint]
        return CredentialsCheck(environments: targeted, resolver: resolver).findings
            + needing.map { check in
                .unchecked(
                    check, "too few files may be open",
                    next: "raise the limit, then run doctor again")
            }
            + ProxyCheck(environments: targeted, variables: context.variables).result.findings
            + [roots.system(for: targeted)] + roots.files(of: targeted)
    }

    private var openFiles: DoctorFinding {
        let parallelism = ApplyCommand.usualParallelism
        guard let problem = Preflight.openFiles(parallelism) else {
            return .ok(
                .openFiles, "enough for an apply with \(parallelism) requests at a time")
        }
        return .error(.openFiles, problem)
    }

    private func sorted(_ findings: [DoctorFinding]) -> [DoctorFinding] {
        DoctorCheck.allCases.flatMap { check in findings.filter { $0.check == check } }
    }
}
