internal import BankConnectAPI
internal import BankhookModel

/// What must be in order before the first request: proxies, trust roots, extra certificates.
struct Preflight {
    let variables: [String: String]

    /// How the environments are reached.
    struct Result: Sendable {
        /// Nil where no environment is called over TLS.
        let trustRoots: TrustRoots?
        let proxies: Proxies
    }

    func check(_ environments: [DesiredEnvironment]) throws(CommandFailure) -> Result {
        var problems = [CommandFailure.Problem]()
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
                calling: environments.map(\.environment.registration.baseURL))
        } catch {
            problems.append(.init(code: error.code, message: error.message, hint: error.hint))
        }
        guard problems.isEmpty else { throw .problems(problems, status: .error) }
        return Result(trustRoots: try trustRoots(environments), proxies: proxies)
    }

    private func trustRoots(_ environments: [DesiredEnvironment]) throws(CommandFailure)
        -> TrustRoots?
    {
        guard environments.contains(where: { $0.environment.registration.baseURL.isSecure }) else {
            return nil
        }
        do throws(TrustRoots.Problem) {
            return try TrustRoots.find(variables: variables)
        } catch {
            throw .problem("no_trust_roots", error.description)
        }
    }
}
