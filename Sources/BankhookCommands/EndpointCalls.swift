internal import BankConnectAPI
internal import BankhookDelivery
internal import BankhookModel

/// What commands need that call endpoints: a client with this machine's roots and proxies.
struct EndpointCalls {
    let variables: [String: String]

    /// How many endpoints are called at a time.
    static let parallelism = 10

    /// Runs a body with a client for some URLs; throws where one of them cannot be called from here.
    func withClient<Value>(
        calling urls: [EndpointURL], connections: Int,
        _ body: (EndpointClient) async throws -> Value
    ) async throws -> Value {
        try await withCaller(calling: urls, connections: connections) { caller in
            try await body(EndpointClient(caller))
        }
    }

    /// The same with what every kind of call is made by.
    func withCaller<Value>(
        calling urls: [EndpointURL], connections: Int,
        _ body: (HTTPCaller) async throws -> Value
    ) async throws -> Value {
        try await HTTPCaller.withCaller(
            trustRoots: try trustRoots(for: urls), proxies: try proxies(for: urls),
            connections: connections, userAgent: Version.userAgent, body)
    }

    /// The URL in an option's value, which is never quoted: it may hold a secret.
    static func url(
        _ text: String, of option: String, plainHTTP: EndpointURL.PlainHTTP = .toLoopback
    ) throws(CommandFailure) -> EndpointURL {
        do throws(URLProblem) {
            return try EndpointURL(text, plainHTTP: plainHTTP)
        } catch {
            throw .problem(
                "invalid_url", "the URL of \(option) \(error.message)", hint: error.hint,
                status: .unusableArguments)
        }
    }

    private func trustRoots(for urls: [EndpointURL]) throws(CommandFailure) -> TrustRoots? {
        guard urls.contains(where: \.isSecure) else { return nil }
        do throws(TrustRoots.Problem) {
            return try TrustRoots.find(variables: variables)
        } catch {
            throw .problem("no_trust_roots", error.description)
        }
    }

    private func proxies(for urls: [EndpointURL]) throws(CommandFailure) -> Proxies {
        do throws(Proxy.Problem) {
            return try Proxies(variables: variables, calling: urls.filter(\.isSecure))
        } catch {
            throw .problem(error.code, error.message, hint: error.hint)
        }
    }
}
