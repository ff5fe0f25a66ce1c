internal import BankhookModel
internal import NIOCore

/// BankConnect over HTTPS, one bounded exchange at a time: what `HTTPCaller` promises holds for it.
package struct BankConnectClient: WebhookAPI {
    private let caller: HTTPCaller

    /// How many files are open at a time where that many connections are: each thread that waits for
    /// the network has three of its own.
    package static func openFiles(connections: Int) -> Int {
        connections + 3 * System.coreCount
    }

    /// Calls by a caller that others may use too.
    package init(_ caller: HTTPCaller) {
        self.caller = caller
    }

    /// Runs a body with a client, and closes its connections when the body ends.
    ///
    /// `trustRoots` may be nil where every host is called over http on loopback. `connections` is
    /// the most that are open to one host at a time.
    package static func withClient<Value>(
        trustRoots: TrustRoots?, proxies: Proxies = .none, connections limit: Int,
        userAgent: String, _ body: (BankConnectClient) async throws -> Value
    ) async throws -> Value {
        try await HTTPCaller.withCaller(
            trustRoots: trustRoots, proxies: proxies, connections: limit, userAgent: userAgent
        ) { caller in
            try await body(BankConnectClient(caller))
        }
    }

    package func update(_ request: UpdateWebhookRequest) async -> Answer {
        await caller.reply(
            to: HTTPCall(
                method: .post, url: request.url, address: request.baseURL,
                headers: [
                    HTTPHeader("accept", "application/json"),
                    HTTPHeader("content-type", "application/json"),
                    HTTPHeader("server-hash", request.credentials.serverHash.exposed),
                    HTTPHeader("x-api-key", request.credentials.apiKey.exposed),
                ], body: Array(request.body.utf8), timeout: request.timeout,
                certificateAuthorityFile: request.certificateAuthorityFile)
        ).answer
    }
}
