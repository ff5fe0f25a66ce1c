import AsyncHTTPClient
import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Delivers webhooks as BankConnect does: one POST, no redirect followed, no second try.
///
/// Unless it may deliver anywhere, a name is resolved once, and the connection is made to that very
/// address, which must be this machine's loopback: no name can lead it elsewhere.
struct Courier: Sendable {
    /// Whether endpoints on other machines are called.
    let deliversAnywhere: Bool
    /// How long a delivery may take, from connecting to the end of the answer.
    let timeout: Duration
    /// A PEM file of trust roots in place of the system's.
    let trustRoots: String?

    private static let bodyLimit = 64 << 10

    /// How a delivery ended.
    struct Result: Sendable {
        let status: Int?
        let error: String?
    }

    /// Why nothing was sent.
    private struct Refusal: Error {
        let message: String
    }

    /// Sends a body, and tells what the endpoint answered or why it did not.
    func deliver(_ body: String, to url: String) async -> Result {
        do {
            let status = try await withDeadline { try await exchange(body, url) }
            return Result(status: status, error: nil)
        } catch {
            return Result(status: nil, error: Courier.words(for: error, timeout: timeout))
        }
    }

    private func exchange(_ body: String, _ text: String) async throws -> Int {
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty else {
            throw Refusal(message: "the URL cannot be called")
        }
        guard !deliversAnywhere else { return try await post(body, to: text, [:]) }
        let name = host.filter { $0 != "[" && $0 != "]" }
        let addresses = try await Loopback.addresses(of: name)
        for address in addresses.dropLast() {
            do {
                return try await post(body, to: text, [name: address])
            } catch {
                guard Courier.isRefused(error) else { throw error }
            }
        }
        guard let address = addresses.last else {
            throw Refusal(
                message: "not delivered: the host is not this machine's loopback "
                    + "(--deliver-anywhere allows others)")
        }
        return try await post(body, to: text, [name: address])
    }

    /// Sends to the given addresses in place of the names that they stand for.
    private func post(
        _ body: String, to url: String, _ addresses: [String: String]
    ) async throws -> Int {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration(addresses))
        let outcome: Swift.Result<Int, any Error>
        do {
            outcome = .success(try await Courier.post(body, to: url, client))
        } catch {
            outcome = .failure(error)
        }
        try? await client.shutdown()
        return try outcome.get()
    }

    private static func post(_ body: String, to url: String, _ client: HTTPClient) async throws
        -> Int
    {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = ["content-type": "application/json", "user-agent": "bankhook-emulator"]
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await client.execute(request, deadline: .distantFuture)
        // The status is the answer; the rest is read so that the endpoint can finish in peace.
        var left = bodyLimit
        do {
            for try await chunk in response.body {
                left -= chunk.readableBytes
                if left <= 0 { break }
            }
        } catch {}
        return Int(response.status.code)
    }

    private func configuration(_ addresses: [String: String]) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = addresses
        configuration.timeout.connect = TimeAmount(timeout)
        configuration.connectionPool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let trustRoots { tls.trustRoots = .file(trustRoots) }
        configuration.tlsConfiguration = tls
        return configuration
    }

    private func withDeadline(_ body: @Sendable @escaping () async throws -> Int) async throws
        -> Int
    {
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            return try await group.next() ?? 0
        }
    }

    /// What went wrong on the way, for a person.
    static func words(for error: any Error, timeout: Duration) -> String {
        switch error {
        case let refusal as Refusal: refusal.message
        case let error as HTTPClientError
        where error == .deadlineExceeded || error == .connectTimeout || error == .readTimeout:
            "no answer within \(timeout)"
        case is CancellationError: "the emulator ended first"
        case _ where isRefused(error): "connection refused"
        case is NIOSSLError: "its certificate is not trusted, or TLS failed"
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            "the connection was closed without an answer"
        default: "\(error)"
        }
    }

    private static func isRefused(_ error: any Error) -> Bool {
        if let error = error as? NIOConnectionError {
            return error.connectionErrors.contains { isRefused($0.error) }
        }
        return (error as? IOError)?.errnoCode == ECONNREFUSED
    }
}
