internal import BankConnectAPI
internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookDelivery
internal import BankhookModel
internal import Logging

/// One environment with what it takes to ask BankConnect about it.
struct ReadAccess: Sendable {
    let environment: Environment
    let credentials: Credentials
    /// Every secret of the environment that could be read, and the proxy's: none may be shown.
    let secrets: [Secret]
    let preflight: Preflight.Result
    /// Where deliveries go; nil where there are none.
    let endpoint: Endpoint?
    /// How many requests are under way at a time.
    let parallelism: Int

    /// A webhook's endpoint as it is called, and as it is shown.
    struct Endpoint: Sendable {
        let url: EndpointURL
        /// Without a secret in it.
        let shown: String
    }

    /// Throws everything that is in the way at once: credentials, certificates, proxies.
    init(
        _ environment: Environment, endpoint: Endpoint? = nil, parallelism: Int,
        in context: CommandContext
    ) throws(CommandFailure) {
        let resolver = SecretResolver(variables: context.variables)
        switch resolver.credentials(of: environment) {
        case .atHand(let credentials): self.credentials = credentials
        case .missing(let problems): throw ReadAccess.failure(problems, of: environment)
        }
        self.environment = environment
        self.endpoint = endpoint
        self.parallelism = parallelism
        preflight = try Preflight(variables: context.variables, parallelism: parallelism).check(
            [DesiredEnvironment(environment: environment, secrets: nil)],
            endpoints: [endpoint?.url].compactMap(\.self))
        let own: [Secret] =
            switch resolver.resolve(environment) {
            case .atHand(let values): values.all
            case .missing(_, let atHand): atHand
            }
        secrets = own + preflight.proxies.secrets
    }

    /// What is not at hand, field by field.
    static func failure(_ problems: [SecretResolver.Problem], of environment: Environment)
        -> CommandFailure
    {
        .problems(
            problems.map { problem in
                CommandFailure.Problem(
                    code: "credentials_missing",
                    message: "\(environment.name): \(problem.field): \(problem.message)")
            }, status: .error)
    }

    /// Runs a body with a caller that reaches the API and the endpoint.
    func withCaller<Value>(_ body: (HTTPCaller) async throws -> Value) async throws -> Value {
        try await HTTPCaller.withCaller(
            trustRoots: preflight.trustRoots, proxies: preflight.proxies,
            connections: parallelism, userAgent: Version.userAgent, body)
    }
}

extension ReadAccess {
    /// What asks about links, with a log of it.
    func linkReader(
        _ caller: HTTPCaller, interruption: Interruption = Interruption(),
        in context: CommandContext
    ) -> LinkReader {
        LinkReader(
            api: LoggedReadAPI(api: BankConnectReader(caller), log: context.log),
            environment: environment, credentials: credentials,
            time: .system(now: context.now), interruption: interruption)
    }
}

extension ReadAccess {
    /// What looks how far an entity is.
    func progressWatch(of entity: BankConnectID, _ caller: HTTPCaller, in context: CommandContext)
        -> ProgressWatch
    {
        ProgressWatch(
            api: LoggedReadAPI(api: BankConnectReader(caller), log: context.log),
            request: ReadRequest(
                .transactions(entity: entity), at: environment, credentials: credentials),
            time: .system(now: context.now))
    }
}
