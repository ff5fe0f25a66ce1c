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
    let now: @Sendable () -> Timestamp
    let makeID: @Sendable () -> String

    init(
        _ options: CommonOptions, variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.init(isQuiet: options.quiet, configuration: options.config, variables: variables)
    }

    init(
        isQuiet: Bool, configuration: String? = nil,
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        console = Console(isQuiet: isQuiet)
        self.variables = variables
        let named = variables["BANKHOOK_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        configurationPath = configuration ?? named ?? "bankhook.yaml"
        now = { Timestamp(Date()) }
        makeID = { UUID().uuidString.lowercased() }
    }

    /// Reads the configuration, with every mistake in the failure.
    func configuration() throws(CommandFailure) -> Configuration {
        if let path = variables["BANKHOOK_POLICY"], !path.isEmpty {
            throw .problem(
                "not_supported", "BANKHOOK_POLICY is set, and is not supported in this version",
                hint: "unset it; put the policy into the configuration")
        }
        let result = ConfigurationLoader.load(path: configurationPath)
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
