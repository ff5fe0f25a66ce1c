internal import BankhookConfiguration
internal import BankhookModel

/// Where `recover` delivers: the URL that a person named, else the configured one.
struct RecoverDestination {
    let environment: Environment
    let named: String?

    init(_ environment: Environment, to named: String?) {
        self.environment = environment
        self.named = named
    }

    /// The endpoint with its secrets filled in; throws where one of them is not at hand.
    func endpoint(_ context: CommandContext) throws(CommandFailure) -> ReadAccess.Endpoint {
        if let named { return try endpoint(named) }
        let resolver = SecretResolver(variables: context.variables)
        switch resolver.endpoint(of: environment) {
        case .success(let url):
            return ReadAccess.Endpoint(url: url, shown: environment.registration.webhookURL.text)
        case .failure(let missing): throw ReadAccess.failure(missing.problems, of: environment)
        }
    }

    private func endpoint(_ text: String) throws(CommandFailure) -> ReadAccess.Endpoint {
        do throws(URLProblem) {
            let url = try EndpointURL(text)
            return ReadAccess.Endpoint(url: url, shown: "\(url.origin)/…")
        } catch {
            throw .problem("endpoint_url", "--to \(error.message)", hint: error.hint)
        }
    }
}
