internal import BankhookDelivery
internal import BankhookModel

/// Where an apply looks for the first delivery at a new URL, and how long.
struct WatchRequest: Sendable {
    enum Place: Sendable {
        /// The receipts of a `listen`.
        case file(String)
        /// It answers a count; its path and query may be secret.
        case url(EndpointURL)
    }

    let place: Place
    let within: TimeSpan

    /// Gives a body what is looked at; a URL's connections end with it.
    func withSource<Value>(
        in context: CommandContext, _ body: (any DeliverySource) async throws -> Value
    ) async throws -> Value {
        switch place {
        case .file(let path):
            return try await body(ReceiptsSource(path: path, time: .system(now: context.now)))
        case .url(let url):
            return try await EndpointCalls(variables: context.variables)
                .withCaller(calling: [url], connections: 1) { caller in
                    try await body(CountSource(url, by: caller))
                }
        }
    }

    /// Why deliveries of a flow never show there; nil where they do.
    func objection(to flow: Flow) -> String? {
        guard case .file = place, flow == .session else { return nil }
        return "receipts hold webhooks of the entity flow only"
    }
}
