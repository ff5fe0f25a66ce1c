import AsyncHTTPClient
import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOSSL

/// An emulator that runs elsewhere, driven through its own pages.
package struct EmulatorRemote: Sendable {
    private let baseURL: String
    private let trustRoots: String?
    /// Long enough for a few deliveries that stand before, each of which may wait for its endpoint.
    private static let patience = TimeAmount.seconds(300)

    /// The emulator of a base URL; nil where the text is none. `trustRoots` is a PEM file in place
    /// of the system's.
    package init?(baseURL text: String, trustRoots: String? = nil) {
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty,
            url.scheme == "http" || url.scheme == "https", url.query == nil, url.fragment == nil,
            url.path().isEmpty || url.path() == "/", url.user() == nil
        else { return nil }
        baseURL = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.trustRoots = trustRoots
    }

    /// Lets an extraction end there, and waits until its webhook is delivered or is not.
    package func trigger(_ request: TriggerRequest) async throws(TriggerError) -> TriggerResult {
        let client = makeClient()
        let outcome: Result<TriggerResult, TriggerError>
        do throws(TriggerError) {
            let (account, registered) = try await account(named: request.account, client)
            let (status, json) = try await exchange(
                .POST, "events", body: request.body(account: account), client)
            if status == 400, json?["error"]?.string == EventRoutes.unknownAccount {
                throw .unknownAccount(account, registered: registered)
            }
            if status == 400 || status == 403, let message = json?["error"]?.string {
                throw .refused(message)
            }
            guard status == 200, let result = json.flatMap(TriggerResult.init) else {
                throw .noEmulator(baseURL, status: status)
            }
            outcome = .success(result)
        } catch {
            outcome = .failure(error)
        }
        try? await client.shutdown()
        return try outcome.get()
    }

    /// The account where it happens, which has a registration of the entity flow or none at all; and
    /// every registered one with its URL.
    private func account(
        named name: String?, _ client: HTTPClient
    ) async throws(TriggerError) -> (account: String, registered: [String]) {
        let (status, json) = try await exchange(.GET, "registrations", body: nil, client)
        if status == 403, let message = json?["error"]?.string { throw .refused(message) }
        guard status == 200, case .array(let list) = json else {
            throw .noEmulator(baseURL, status: status)
        }
        let registered = list.compactMap { each in
            each["account"]?.string.map {
                (account: $0, flow: each["flow"]?.string, url: each["webhook_url"]?.string)
            }
        }
        let names = Set(registered.map(\.account)).sorted()
        let shown = registered.map { "\($0.account) (\($0.url ?? "no URL"))" }.sorted()
        if name == nil && names.count > 1 { throw .severalAccounts(shown) }
        guard let account = name ?? names.first else { throw .noRegistration(baseURL) }
        let flows = registered.filter { $0.account == account }.map(\.flow)
        if !flows.isEmpty, !flows.contains(Flow.entity.rawValue) { throw .sessionFlow(account) }
        return (account, shown)
    }

    private func exchange(
        _ method: HTTPMethod, _ page: String, body: String?, _ client: HTTPClient
    ) async throws(TriggerError) -> (status: Int, json: JSON?) {
        var request = HTTPClientRequest(url: "\(baseURL)/_emulator/\(page)")
        request.method = method
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        do {
            let response = try await client.execute(request, timeout: EmulatorRemote.patience)
            let bytes = try await response.body.collect(upTo: 1 << 26)
            return (Int(response.status.code), JSONParser.parse(Array(bytes.readableBytesView)))
        } catch {
            let reason = Courier.words(for: error, timeout: .seconds(300))
            throw method == .GET
                ? .unreachable(baseURL, reason: reason) : .lostAnswer(baseURL, reason: reason)
        }
    }

    private func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let trustRoots { tls.trustRoots = .file(trustRoots) }
        configuration.tlsConfiguration = tls
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
