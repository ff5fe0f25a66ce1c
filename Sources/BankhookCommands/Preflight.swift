internal import BankConnectAPI
internal import BankhookModel

/// What must be in order before the first request: proxies, trust roots, extra certificates.
struct Preflight {
    let variables: [String: String]

    /// The trust roots for the environments that are called over TLS; nil where none is.
    func check(_ environments: [DesiredEnvironment]) throws(CommandFailure) -> TrustRoots? {
        var problems = [CommandFailure.Problem]()
        for environment in environments {
            let baseURL = environment.environment.registration.baseURL
            if let name = ProxyVariables.mustObey(for: baseURL, variables: variables) {
                problems.append(
                    .init(
                        code: "not_supported",
                        message: "\(environment.name): \(name) asks for a proxy to "
                            + "\(baseURL.host), which is not supported in this version",
                        hint: "unset it, or add the host to no_proxy"))
            }
            if let file = environment.environment.certificateAuthorityFile {
                do throws(TrustRoots.Problem) {
                    try TrustRoots.check(file.path, namedBy: "ca_file of \(environment.name)")
                } catch {
                    problems.append(.init(code: "ca_file", message: error.description))
                }
            }
        }
        guard problems.isEmpty else { throw .problems(problems, status: .error) }
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
