internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import FoundationEssentials
internal import Logging
internal import SourceText
internal import SystemCalls

/// What a command needs of the world, made once from its options.
struct CommandContext: Sendable {
    let console: Console
    /// What happens, for whoever looks into a run: no headers, bodies or queries.
    let log: Logger
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
            console: options.console, configuration: options.config, policy: options.policy,
            variables: variables)
    }

    init(
        console options: ConsoleOptions, configuration: String? = nil, policy: String? = nil,
        isServer: Bool = false,
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let console = Console(
            isQuiet: options.quiet,
            color: ColorMode.effective(options.color, variables: variables),
            isDumb: ColorMode.isDumb(variables), isServer: isServer)
        let now = { @Sendable in Timestamp(Date()) }
        self.console = console
        self.now = now
        log = Logger(label: "bankhook") { _ in
            ConsoleLogHandler(console: console, now: now, logLevel: options.logLevel)
        }
        self.variables = variables
        let named = { (name: String) in variables[name].flatMap { $0.isEmpty ? nil : $0 } }
        configurationPath = configuration ?? named("BANKHOOK_CONFIG") ?? "bankhook.yaml"
        policyPath = policy ?? named("BANKHOOK_POLICY")
        makeID = { UUID().uuidString.lowercased() }
    }

    /// The file of trust roots that `SSL_CERT_FILE` names, or nil.
    var trustRootsVariable: String? {
        variables["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The options that name the same files again; none for the default.
    var placeOptions: [String] {
        (configurationPath == "bankhook.yaml" ? [] : ["-c", configurationPath])
            + (policyPath.map { ["--policy", $0] } ?? [])
    }

    /// Reads the configuration and the policy file, with every mistake in the failure.
    func configuration() throws(CommandFailure) -> Configuration {
        let result = ConfigurationLoader.load(
            path: configurationPath, policyPath: policyPath)
        guard let configuration = result.configuration else { throw .report(result.report) }
        log.debug(
            "configuration read",
            metadata: [
                "environments": "\(configuration.environments.count)",
                "file": "\(configurationPath)", "policy": "\(policyPath ?? "-")",
            ])
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
        guard conflicts.isEmpty else {
            throw .report(DiagnosticReport(conflicts, redactions: configuration.redactions.byPath))
        }
        return state
    }

    /// Every secret of the configuration that is at hand: what must not be written anywhere.
    func secrets(of configuration: Configuration) -> [Secret] {
        DesiredState(configuration, resolver: SecretResolver(variables: variables)).secrets
    }

    /// Where the configuration keeps its records. A run that can be interrupted passes its
    /// `interruption`: git gets only what is left of the grace then.
    func store(
        _ configuration: Configuration, _ desired: DesiredState? = nil,
        interruption: Interruption = Interruption()
    ) -> any StateStore {
        guard configuration.stateBranch != nil else { return directoryStore(configuration) }
        let branch = BranchContext(self, configuration, desired, interruption: interruption)
        let directory = directoryStore(configuration)
        return branch?.store(beside: directory) ?? directory
    }

    /// The directory store; with a git store, the one that may stand beside it.
    func directoryStore(_ configuration: Configuration) -> DirectoryStore {
        DirectoryStore(path: configuration.stateDirectory.path)
    }

    /// This process as the holder of a lock.
    func holder(run: String?) -> LockHolder {
        LockHolder(
            id: makeID(), host: ProcessIdentity.host, process: ProcessIdentity.process, run: run,
            startedAt: now())
    }
}
