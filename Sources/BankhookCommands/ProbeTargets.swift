internal import BankConnectAPI
internal import BankhookConfiguration
internal import BankhookDelivery
internal import BankhookModel

/// Finds the endpoints that a person means, complete with their secrets.
struct ProbeTargets {
    let context: CommandContext

    /// How long a URL of no configuration has for an answer.
    private static let timeout = TimeSpan(seconds: 30)

    /// The endpoint of a URL that was given as an option.
    func target(_ text: String) throws(CommandFailure) -> ProbeTarget {
        ProbeTarget(
            environment: nil, url: try EndpointCalls.url(text, of: "--url"), flow: .entity,
            headers: [], timeout: ProbeTargets.timeout)
    }

    /// The endpoints of environments, of all of them where none is named.
    ///
    /// Throws everything that is not at hand, at once: nothing is sent where one would be left out.
    func targets(named names: [String]) throws(CommandFailure) -> [ProbeTarget] {
        let environments = try environments(named: names, in: try context.configuration())
        let resolver = SecretResolver(variables: context.variables)
        var problems = [CommandFailure.Problem]()
        let targets = environments.compactMap { environment in
            switch ProbeTargets.target(of: environment, resolver) {
            case .success(let target): return ProbeTarget?.some(target)
            case .failure(let missing):
                problems += missing.problems.map { problem in
                    CommandFailure.Problem(
                        code: "secrets_missing",
                        message: "\(environment.name): \(problem.field): \(problem.message)")
                }
                return nil
            }
        }
        guard problems.isEmpty else {
            problems.append(
                .init(
                    code: "secrets_missing",
                    message: "probe needs the secrets of every endpoint that it calls; nothing was "
                        + "sent",
                    hint: "provide them, or name the environments whose secrets are at hand"))
            throw .problems(problems, status: .error)
        }
        return targets
    }

    /// One environment's endpoint, or all that is missing for it.
    static func target(of environment: Environment, _ resolver: SecretResolver)
        -> Result<ProbeTarget, SecretResolver.Missing>
    {
        let headers = resolver.probeHeaders(of: environment)
        switch resolver.endpoint(of: environment) {
        case .failure(let missing):
            return .failure(.init(problems: missing.problems + headers.problems))
        case .success(let url):
            guard headers.problems.isEmpty else {
                return .failure(.init(problems: headers.problems))
            }
            return .success(
                ProbeTarget(
                    environment: environment.name, url: url,
                    flow: environment.registration.flow,
                    headers: headers.values.sorted { $0.key < $1.key }
                        .map { HTTPHeader($0.key, $0.value.exposed) },
                    timeout: environment.timeout))
        }
    }

    private func environments(named names: [String], in configuration: Configuration)
        throws(CommandFailure) -> [Environment]
    {
        guard !names.isEmpty else { return configuration.environments }
        let declared = Set(configuration.environments.map(\.name.text))
        let unknown = names.filter { !declared.contains($0) }
        guard unknown.isEmpty else {
            throw .problems(
                unknown.map { .unknownEnvironment($0, among: configuration.environments) },
                status: .error)
        }
        return configuration.environments.filter { names.contains($0.name.text) }
    }
}
