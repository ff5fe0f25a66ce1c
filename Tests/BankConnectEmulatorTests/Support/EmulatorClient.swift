import BankConnectEmulator
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// Calls an emulator over real connections, a new one for each call unless told otherwise.
struct EmulatorClient: Sendable {
    static let entityPath = "/bank-connect/v1/entity/update_webhook/"
    static let sessionPath = "/bank-connect/v1/session_data/update_webhook/"
    static let demoHeaders: [String: String] = [
        "x-api-key": "demo-api-key", "server-hash": "demo-server-hash",
        "content-type": "application/json",
    ]

    let baseURL: String

    /// Calls and waits for the whole answer.
    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> TestClient.Response {
        try await withConnection { connection in
            try await connection.execute(
                try request(method, path, headers: headers, body: body))
        }
    }

    /// An update call of the demo account for the entity flow.
    func update(_ body: String) async throws -> TestClient.Response {
        try await update(EmulatorClient.entityPath, body)
    }

    /// An update call of the demo account.
    func update(_ path: String, _ body: String) async throws -> TestClient.Response {
        try await send(.post, path, headers: EmulatorClient.demoHeaders, body: body)
    }

    /// An update call of the demo account for the entity flow, to be sent on a connection.
    func updateRequest(_ body: String) throws -> TestClient.Request {
        try request(
            .post, EmulatorClient.entityPath, headers: EmulatorClient.demoHeaders, body: body)
    }

    /// Asks until a call is listed, answered or not.
    func waitForRequest() async throws {
        while try await list("requests", of: ListedRequest.self).isEmpty {}
    }

    /// One of the emulator's lists.
    func list<Element: Decodable>(
        _ page: String, of type: Element.Type = Element.self
    ) async throws -> [Element] {
        let answer = try await send(.get, "/_emulator/" + page)
        return try JSONDecoder().decode([Element].self, from: Data(answer.text.utf8))
    }

    /// Replaces the faults.
    func setFaults(_ body: String) async throws -> TestClient.Response {
        try await send(
            .put, "/_emulator/faults", headers: ["content-type": "application/json"], body: body)
    }

    /// Registers a webhook of the demo account.
    func register(
        _ url: String, mode: Int = 1, path: String = EmulatorClient.entityPath
    ) async throws {
        let answer = try await update(path, #"{"webhook_url":"\#(url)","webhook_mode":\#(mode)}"#)
        #expect(answer.status == .ok)
    }

    /// Lets an event happen, at the demo account unless the members name another.
    func happen(_ members: String) async throws -> TestClient.Response {
        try await send(
            .post, "/_emulator/events", headers: ["content-type": "application/json"],
            body: #"{"account":"demo",\#(members)}"#)
    }

    /// The same, and what it led to.
    func event(_ members: String) async throws -> ListedEvent {
        let answer = try await happen(members)
        #expect(answer.status == .ok, "\(answer.text)")
        return try JSONDecoder().decode(ListedEvent.self, from: Data(answer.text.utf8))
    }

    /// The payloads of a link, which is spelled as a query spells it.
    func payloads(ofLink id: String) async throws -> [ListedPayloads.Payload] {
        let text = try await read("/bank-connect/v1/entity/webhook_payloads/?link_id=" + id)
        return try JSONDecoder().decode(ListedPayloads.self, from: Data(text.utf8)).payloads
    }

    /// An authenticated read of the API, as text.
    func read(_ path: String) async throws -> String {
        let answer = try await send(.get, path, headers: EmulatorClient.demoHeaders)
        #expect(answer.status == .ok)
        return answer.text
    }

    /// One connection, for calls that share it or that end with it.
    func withConnection<Value: Sendable>(
        _ operation: @escaping @Sendable (TestClient) async throws -> Value
    ) async throws -> Value {
        try await TestClient.withClient(host: host, port: port, operation: operation)
    }

    /// A call to be sent.
    func request(
        _ method: HTTPRequest.Method, _ path: String, headers: [String: String], body: String?
    ) throws -> TestClient.Request {
        var fields = HTTPFields()
        for (name, value) in headers where name != "host" {
            fields[try #require(HTTPField.Name(name))] = value
        }
        return TestClient.Request(
            path, method: method, authority: headers["host"] ?? "\(host):\(port)",
            headers: fields, body: body.map { ByteBuffer(string: $0) })
    }

    private var host: String { "127.0.0.1" }

    var port: Int { baseURL.split(separator: ":").last.flatMap { Int($0) } ?? 0 }
}
