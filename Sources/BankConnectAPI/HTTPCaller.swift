internal import AsyncHTTPClient
internal import BankhookModel
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Calls over HTTP, one bounded exchange at a time, with whatever is asked of all of them.
///
/// Redirects are never followed (keys would travel), TLS is 1.2 or newer with full verification, and
/// an exchange ends by its deadline even when a server drips its answer. A proxy only ever sees a
/// tunnel.
package struct HTTPCaller: Sendable {
    let connections: Connections
    private let trustRoots: TrustRoots?
    let proxies: Proxies

    init(connections: Connections, trustRoots: TrustRoots?, proxies: Proxies) {
        self.connections = connections
        self.trustRoots = trustRoots
        self.proxies = proxies
    }

    /// Runs a body with a caller, and closes its connections when the body ends.
    ///
    /// `trustRoots` may be nil where every host is called over http. `connections` is the most that
    /// are open to one host at a time.
    package static func withCaller<Value>(
        trustRoots: TrustRoots?, proxies: Proxies = .none, connections limit: Int,
        userAgent: String, _ body: (HTTPCaller) async throws -> Value
    ) async throws -> Value {
        let connections = Connections(limit: limit, userAgent: userAgent)
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(
                try await body(
                    HTTPCaller(
                        connections: connections, trustRoots: trustRoots, proxies: proxies)))
        } catch {
            outcome = .failure(error)
        }
        await connections.close()
        return try outcome.get()
    }

    /// Makes one attempt and says what came of it; it never throws and never outlives its time-out.
    ///
    /// Cancelling the task ends the attempt as `interrupted`.
    package func reply(to call: HTTPCall) async -> HTTPReply {
        // The library notices a cancelled task only once its request is under way.
        guard !Task.isCancelled else { return HTTPReply(answer: .interrupted) }
        guard let proxy = proxies.proxy(for: call.address) else {
            do {
                return try await exchange(call, request(for: call), proxy: nil)
            } catch {
                return HTTPReply(
                    answer: Task.isCancelled
                        ? .interrupted : Answer(failure: error, host: call.address.host))
            }
        }
        return await reply(to: call, through: proxy)
    }

    private func reply(to call: HTTPCall, through proxy: Proxy) async -> HTTPReply {
        let number = connections.started.makeNumber()
        var request = request(for: call)
        request.headers.add(name: StartedRequests.header, value: number)
        let result: Result<HTTPReply, any Error>
        do {
            result = .success(try await exchange(call, request, proxy: proxy))
        } catch {
            result = .failure(error)
        }
        let wasStarted = connections.started.end(number)
        switch result {
        case .success(let reply): return reply
        case .failure where Task.isCancelled: return HTTPReply(answer: .interrupted)
        case .failure(let error):
            return HTTPReply(
                answer: Answer(failure: error, through: proxy, wasStarted: wasStarted))
        }
    }

    func exchange(_ call: HTTPCall, _ request: HTTPClientRequest, proxy: Proxy?)
        async throws -> HTTPReply
    {
        let client = connections.client(timeout: call.timeout, proxy: proxy)
        return try await withDeadline(
            call.timeout.duration, on: client.eventLoopGroup.any()
        ) {
            let response = try await client.execute(request, deadline: .distantFuture)
            return try await HTTPCaller.read(response, limit: call.answerLimit)
        }
    }

    func request(for call: HTTPCall) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: call.url)
        switch call.method {
        case .get: request.method = .GET
        case .post: request.method = .POST
        }
        for header in call.headers { request.headers.add(name: header.name, value: header.value) }
        if !request.headers.contains(name: "user-agent") {
            request.headers.add(name: "user-agent", value: connections.userAgent)
        }
        if call.method == .post || !call.body.isEmpty {
            request.body = .bytes(ByteBuffer(bytes: call.body))
        }
        request.tlsConfiguration = tlsConfiguration(authorities: call.certificateAuthorityFile)
        return request
    }

    private func tlsConfiguration(authorities: String?) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .fullVerification
        if let trustRoots { tls.trustRoots = .file(trustRoots.file) }
        if let authorities { tls.additionalTrustRoots = [.file(authorities)] }
        return tls
    }

    private static func read(_ response: HTTPClientResponse, limit: Int) async throws -> HTTPReply {
        var bytes = [UInt8]()
        for try await chunk in response.body {
            bytes += chunk.readableBytesView.prefix(limit - bytes.count)
            if bytes.count >= limit { break }
        }
        var headers = response.headers
        let end = headers.first(name: CertificateNotice.header).flatMap { Int($0) }
        headers.remove(name: CertificateNotice.header)
        let retryAfter = headers.first(name: "retry-after")
        return HTTPReply(
            answer: .response(
                Answer.Response(
                    status: Int(response.status.code),
                    body: AnswerBody(
                        bytes: bytes, contentType: headers.first(name: "content-type")),
                    retryAfter: retryAfter.flatMap { RetryAfter.wait($0, now: Date()) })),
            headers: headers.map { HTTPHeader($0.name, $0.value) },
            certificateEnd: end.map { Timestamp(secondsSinceEpoch: $0) })
    }
}
