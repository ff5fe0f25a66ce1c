internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookGitStore
internal import BankhookHistory
internal import BankhookModel
internal import BankhookState
internal import Git
internal import SourceText
internal import SystemCalls

/// What the git store of a configuration needs of the world.
struct BranchContext: Sendable {
    let branch: StateBranch
    private let context: CommandContext
    private let configuration: Configuration
    let git: Git
    private let secrets: [Secret]
    private let accounts: [EnvironmentName: Account]
    private let interruption: Interruption
    /// The most that one call of git may take.
    private let callLimit: Duration
    /// Whether the clone's memory of the branch stays as it is.
    private let isLook: Bool

    /// What is left of the grace after a signal for a call of git that has not begun yet.
    private static let shortestCall = Duration.milliseconds(1_500)

    /// Nil where the configuration has no git store. What a look sees does not count as seen later.
    init?(
        _ context: CommandContext, _ configuration: Configuration, _ desired: DesiredState? = nil,
        interruption: Interruption = Interruption(),
        callLimit: Duration = GitBranchRepository.longestCall, isLook: Bool = false
    ) {
        guard let branch = configuration.stateBranch else { return nil }
        let desired =
            desired
            ?? DesiredState(configuration, resolver: SecretResolver(variables: context.variables))
        self.branch = branch
        self.context = context
        self.configuration = configuration
        self.interruption = interruption
        self.callLimit = callLimit
        self.isLook = isLook
        accounts = desired.accounts
        secrets = desired.secrets + BranchContext.proxySecrets(context.variables)
        git = Git(
            environment: GitEnvironment(
                context.variables, withholding: configuration.secretVariables,
                reachesRemotes: true))
    }

    /// The store; `neighbour` is a directory whose records would be overlooked.
    func store(beside neighbour: DirectoryStore?) -> GitStore {
        let files = configuration.files.map(\.path)
        let interruption = interruption
        let console = context.console
        return GitStore(
            branch, in: repository, time: .system(now: context.now),
            beside: neighbour,
            isInterrupted: { interruption.isRequested },
            revision: { [git] in await ConfigurationRevision.find(files: files, git: git) },
            declared: accounts,
            recovered: { outcomes in
                console.message(outcomes.map { "\($0)\n" }.joined())
            },
            unremembered: { error in
                let words = PrintableText("\(error); \(error.wayOut)")
                console.message(
                    "warning: what was pushed is on the branch, and this clone could not note that: "
                        + "\(words)\n")
            })
    }

    /// The clone and its remote.
    var repository: GitBranchRepository {
        let secrets = secrets
        let (interruption, callLimit) = (interruption, callLimit)
        return GitBranchRepository(
            branch, git: git, host: ProcessIdentity.host, isLook: isLook, now: context.now,
            makeID: context.makeID, shown: { ForeignText($0, secrets: secrets).shown },
            timeLimit: {
                guard let start = interruption.requestedAt else {
                    return callLimit
                }
                return max(
                    Signals.grace - (ContinuousClock.now - start), BranchContext.shortestCall)
            },
            untilCutOff: {
                await interruption.wait()
                // Ends early only when git has ended.
                try? await Task.sleep(for: Signals.grace)
            })
    }
}

extension BranchContext {
    /// What proxy variables hold as user info: git is given them, and may quote them.
    private static func proxySecrets(_ variables: [String: String]) -> [Secret] {
        let values = variables.filter { $0.key.lowercased().hasSuffix("_proxy") }.values
        return values.flatMap { value -> [Secret] in
            guard let end = value.lastIndex(of: "@") else { return [] }
            let parts = value[..<end].split(separator: "://", maxSplits: 1)
            guard let userInfo = parts.last else { return [] }
            let password = userInfo.split(separator: ":", maxSplits: 1).dropFirst()
            return ([userInfo] + password).compactMap { Secret(String($0)) }
        }
    }
}

extension Configuration {
    /// The variables that hold secrets: no child process gets them.
    var secretVariables: Set<String> {
        let references = environments.flatMap(\.references)
        return Set(
            references.compactMap { reference in
                if case .variable(let name) = reference { name } else { nil }
            })
    }
}
