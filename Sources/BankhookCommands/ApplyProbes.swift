internal import BankConnectAPI
internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookDelivery
internal import BankhookModel

/// The endpoints that an apply may have to try before it registers them.
struct ApplyProbes {
    private let targets: [EnvironmentName: ProbeTarget]

    /// Finds them; throws what is not at hand of their headers, all at once.
    init(_ environments: [DesiredEnvironment], variables: [String: String])
        throws(CommandFailure)
    {
        let resolver = SecretResolver(variables: variables)
        var targets = [EnvironmentName: ProbeTarget]()
        var problems = [CommandFailure.Problem]()
        for environment in environments.map(\.environment) where environment.probe != .off {
            switch ProbeTargets.target(of: environment, resolver) {
            case .success(let target): targets[environment.name] = target
            case .failure(let missing):
                problems += missing.problems.map { problem in
                    CommandFailure.Problem(
                        code: "secrets_missing",
                        message: "\(environment.name): \(problem.field): \(problem.message)",
                        hint: "its probe needs it; nothing was sent")
                }
            }
        }
        guard problems.isEmpty else { throw .problems(problems, status: .error) }
        self.targets = targets
    }

    var endpoints: [EndpointURL] { targets.values.map(\.url) }

    /// How they are tried, one payload each, with connections that end with the body.
    func withProbe<Value>(
        _ preflight: Preflight.Result, connections: Int, time: RunTime, isFailureAllowed: Bool,
        _ body: (EndpointProbe) async throws -> Value
    ) async throws -> Value {
        try await HTTPCaller.withCaller(
            trustRoots: preflight.trustRoots, proxies: preflight.proxies,
            connections: connections, userAgent: Version.userAgent
        ) { caller in
            let probe = Probe(EndpointClient(caller), time: time)
            return try await body(
                EndpointProbe(isFailureAllowed: isFailureAllowed) { environment in
                    guard let target = targets[environment.name],
                        let shape = ProbeShape.shapes(of: target.flow).first
                    else { return await EndpointProbe.none.run(environment) }
                    return await probe.run(target, shape: shape).problem.map { problem in
                        EndpointProbe.Failure(message: problem.message, hint: problem.hint)
                    }
                })
        }
    }
}
