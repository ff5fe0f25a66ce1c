internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import FoundationEssentials
internal import SourceText
internal import SystemCalls

/// What a command needs of the world, made once from its options.
struct CommandContext: Sendable {
    let console: Console
    let variables: [String: String]
    /// The configuration's path as it was given.
    let configurationPath: String
    /// The policy file's path as it was given; nil where the configuration itself may have one.
    let policyPath: String?
    let now: @Sendable () -> Timestamp
    let makeID: @Sendable () -> String

    init(
        _ options: CommonOptions, variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.init(
            isQuiet: options.quiet, configuration: options.config, policy: options.policy,
            variables: variables)
    }

    init(
        isQuiet: Bool, configuration: String? = nil, policy: String? = nil,
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        console = Console(isQuiet: isQuiet)
        self.variables = variables
        let named = { (name: String) in variables[name].flatMap { $0.isEmpty ? nil : $0 } }
        configurationPath = configuration ?? named("BANKHOOK_CONFIG") ?? "bankhook.yaml"
        policyPath = policy ?? named("BANKHOOK_POLICY")
        now = { Timestamp(Date()) }
        makeID = { UUID().uuidString.lowercased() }
    }

    /// Reads the configuration and the policy file, with every mistake in the failure.
    func configuration() throws(CommandFailure) -> Configuration {
        let result = ConfigurationLoader.load(
            path: configurationPath, policyPath: policyPath)
        guard let configuration = result.configuration else { throw .report(result.report) }
        if configuration.environments.isEmpty {
            console.message("warning: no environment is declared\n")
        }
        return configuration
    }

    /// All declared environments with the secrets that are at hand, checked against each other.
    func desired(_ configuration: Configuration) throws(CommandFailure) -> DesiredState {
        let state = DesiredState(
            configuration, resolver: SecretResolver(variables: variables))
        let conflicts = state.sharedAccounts.diagnostics
        guard conflicts.isEmpty else { throw .report(DiagnosticReport(conflicts)) }
        return state
    }

    func store(_ configuration: Configuration) -> DirectoryStore {
        DirectoryStore(path: configuration.stateDirectory.path)
    }

    /// This process as the holder of a lock.
    func holder(run: String?) -> LockHolder {
        LockHolder(
            id: makeID(), host: ProcessIdentity.host, process: ProcessIdentity.process, run: run,
            startedAt: now())
    }
}
