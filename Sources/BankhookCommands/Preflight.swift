internal import BankConnectAPI
internal import BankhookModel
internal import SystemCalls

/// What must be in order before the first request: proxies, trust roots, extra certificates, and how
/// many files may be open.
struct Preflight {
    let variables: [String: String]
    /// How many requests are under way at a time.
    let parallelism: Int

    /// How the environments are reached.
    struct Result: Sendable {
        /// Nil where nothing is called over TLS.
        let trustRoots: TrustRoots?
        let proxies: Proxies
    }

    /// Records that are written together, the lock, git, output, and what the system opens.
    private static let otherFiles = 64

    /// Finds out how the environments are reached; throws everything that is in the way at once.
    ///
    /// `endpoints` are those that are probed or delivered to.
    func check(_ environments: [DesiredEnvironment], endpoints: [EndpointURL])
        throws(CommandFailure) -> Result
    {
        var problems = [CommandFailure.Problem]()
        if let problem = Preflight.openFiles(parallelism) { problems.append(problem) }
        for environment in environments {
            if let file = environment.environment.certificateAuthorityFile {
                do throws(TrustRoots.Problem) {
                    try TrustRoots.check(file.path, namedBy: "ca_file of \(environment.name)")
                } catch {
                    problems.append(.init(code: "ca_file", message: error.description))
                }
            }
        }
        var proxies = Proxies.none
        do throws(Proxy.Problem) {
            proxies = try Proxies(
                variables: variables,
                calling: environments.map(\.environment.registration.baseURL)
                    + endpoints.filter(\.isSecure))
        } catch {
            problems.append(.init(code: error.code, message: error.message, hint: error.hint))
        }
        guard problems.isEmpty else { throw .problems(problems, status: .error) }
        return Result(trustRoots: try trustRoots(environments, endpoints), proxies: proxies)
    }

    /// Why an apply of so many requests at a time could not open its files; nil where it can.
    static func openFiles(_ parallelism: Int) -> CommandFailure.Problem? {
        let openFiles = BankConnectClient.openFiles(connections: parallelism) + otherFiles
        guard let limit = limitOfOpenFiles(below: openFiles) else { return nil }
        return CommandFailure.Problem(
            code: "open_files",
            message: "at most \(limit) files may be open, and this apply needs \(openFiles)",
            hint: "raise the limit with ulimit -n \(openFiles)")
    }

    private func trustRoots(_ environments: [DesiredEnvironment], _ endpoints: [EndpointURL])
        throws(CommandFailure) -> TrustRoots?
    {
        guard
            environments.contains(where: { $0.environment.registration.baseURL.isSecure })
                || endpoints.contains(where: \.isSecure)
        else { return nil }
        do throws(TrustRoots.Problem) {
            return try TrustRoots.find(variables: variables)
        } catch {
            throw .problem("no_trust_roots", error.description)
        }
    }
}
