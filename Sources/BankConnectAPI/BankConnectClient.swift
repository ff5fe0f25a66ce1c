internal import AsyncHTTPClient
internal import BankhookModel
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Synchronization

/// BankConnect over HTTPS, one bounded exchange at a time.
///
/// Redirects are never followed (the keys would travel), TLS is 1.2 or newer with full verification,
/// and an exchange ends by its deadline even when a server drips its answer. A proxy only ever sees
/// a tunnel.
package struct BankConnectClient: WebhookAPI {
    private let connections: Connections
    private let trustRoots: TrustRoots?
    private let proxies: Proxies

    /// How many files are open at a time where that many connections are: each thread that waits for
    /// the network has three of its own.
    package static func openFiles(connections: Int) -> Int {
        connections + 3 * System.coreCount
    }

    /// Runs a body with a client, and closes its connections when the body ends.
    ///
    /// `trustRoots` may be nil where every host is called over http on loopback. `connections` is
    /// the most that are open to one host at a time.
    package static func withClient<Value>(
        trustRoots: TrustRoots?, proxies: Proxies = .none, connections limit: Int,
        userAgent: String, _ body: (BankConnectClient) async throws -> Value
    ) async throws -> Value {
        let connections = Connections(limit: limit, userAgent: userAgent)
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(
                try await body(
                    BankConnectClient(
                        connections: connections, trustRoots: trustRoots, proxies: proxies)))
        } catch {
            outcome = .failure(error)
        }
        await connections.close()
        return try outcome.get()
    }

    package func update(_ request: UpdateWebhookRequest) async -> Answer {
        // The library notices a cancelled task only once its request is under way.
        guard !Task.isCancelled else { return .interrupted }
        guard let proxy = proxies.proxy(for: request.baseURL) else {
            do {
                return try await exchange(request, wireRequest(for: request), proxy: nil)
            } catch {
                return Task.isCancelled
                    ? .interrupted : Answer(failure: error, host: request.baseURL.host)
            }
        }
        return await update(request, through: proxy)
    }

    private func update(_ request: UpdateWebhookRequest, through proxy: Proxy) async -> Answer {
        let number = connections.started.makeNumber()
        var wire = wireRequest(for: request)
        wire.headers.add(name: StartedRequests.header, value: number)
        let result: Result<Answer, any Error>
        do {
            result = .success(try await exchange(request, wire, proxy: proxy))
        } catch {
            result = .failure(error)
        }
        let wasStarted = connections.started.end(number)
        switch result {
        case .success(let answer): return answer
        case .failure where Task.isCancelled: return .interrupted
        case .failure(let error):
            return Answer(failure: error, through: proxy, wasStarted: wasStarted)
        }
    }

    private func exchange(
        _ request: UpdateWebhookRequest, _ wire: HTTPClientRequest, proxy: Proxy?
    ) async throws -> Answer {
        let client = connections.client(timeout: request.timeout, proxy: proxy)
        return try await withDeadline(
            request.timeout.duration, on: client.eventLoopGroup.any()
        ) {
            let response = try await client.execute(wire, deadline: .distantFuture)
            return .response(try await BankConnectClient.read(response))
        }
    }

    private func wireRequest(for request: UpdateWebhookRequest) -> HTTPClientRequest {
        var wire = HTTPClientRequest(url: request.url)
        wire.method = .POST
        wire.headers = [
            "accept": "application/json", "content-type": "application/json",
            "server-hash": request.credentials.serverHash.exposed,
            "user-agent": connections.userAgent,
            "x-api-key": request.credentials.apiKey.exposed,
        ]
        wire.body = .bytes(ByteBuffer(string: request.body))
        wire.tlsConfiguration = tlsConfiguration(authorities: request.certificateAuthorityFile)
        return wire
    }

    private func tlsConfiguration(authorities: String?) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .fullVerification
        if let trustRoots { tls.trustRoots = .file(trustRoots.file) }
        if let authorities { tls.additionalTrustRoots = [.file(authorities)] }
        return tls
    }

    private static func read(_ response: HTTPClientResponse) async throws -> Answer.Response {
        var bytes = [UInt8]()
        for try await chunk in response.body {
            bytes += chunk.readableBytesView.prefix(AnswerBody.limit - bytes.count)
            if bytes.count >= AnswerBody.limit { break }
        }
        let retryAfter = response.headers.first(name: "retry-after")
        return Answer.Response(
            status: Int(response.status.code),
            body: AnswerBody(
                bytes: bytes, contentType: response.headers.first(name: "content-type")),
            retryAfter: retryAfter.flatMap { RetryAfter.wait($0, now: Date()) })
    }
}
