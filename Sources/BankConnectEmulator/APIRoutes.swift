import FoundationEssentials
import HTTPTypes
import NIOCore

/// The part that stands for BankConnect.
struct APIRoutes: Sendable {
    private static let apiKey = HTTPField.Name("x-api-key")
    private static let serverHash = HTTPField.Name("server-hash")

    private let accounts: Set<EmulatorAccount>?
    private let state: EmulatorState
    private let now: @Sendable () -> Date
    private let onRequest: (@Sendable (RequestRecord) -> Void)?

    /// Stands for the API to the given accounts, and tells of each call just before its answer.
    init(
        accounts: EmulatorConfiguration.Accounts, state: EmulatorState,
        now: @escaping @Sendable () -> Date, onRequest: (@Sendable (RequestRecord) -> Void)?
    ) {
        self.accounts = accounts.known
        self.state = state
        self.now = now
        self.onRequest = onRequest
    }

    /// Lists the call, lets its fault happen, and answers.
    ///
    /// - Throws: `ConnectionClosed` where the connection was closed instead of an answer.
    func answer(_ request: ReceivedRequest, on channel: any Channel) async throws -> Answer {
        let (date, account, json) = (now(), account(of: request), request.json)
        let (own, change) = judge(request, account: account, json: json, at: date)
        let arrival = record(of: request, at: date, account: account, json: json)
        let (id, fault) = state.arrived(arrival, change: change)
        let isAnswered = await held(back: fault) && fault?.reset == nil
        let answer = fault?.disturbed(own) ?? own
        let record = state.answered(id, status: isAnswered ? answer.status.code : nil)
        onRequest?(record)
        guard isAnswered else {
            try? await channel.close()
            throw ConnectionClosed()
        }
        return answer
    }

    /// Waits as long as a fault wants; false when the emulator ended meanwhile.
    private func held(back fault: Fault?) async -> Bool {
        guard let delay = fault?.delayMilliseconds else { return true }
        return (try? await Task.sleep(for: .milliseconds(delay))) != nil
    }

    /// What the API answers, and the change that a good call asks for.
    private func judge(
        _ request: ReceivedRequest, account: EmulatorAccount?, json: JSON?, at date: Date
    ) -> (answer: Answer, change: RegistrationChange?) {
        guard let call = APICall(path: request.path) else { return (.notFound, nil) }
        let flow = call.flow
        guard call.methods.contains(request.method) else {
            return (flow.methodNotAllowed(request.method, allowed: call.methods), nil)
        }
        guard let account else { return (flow.unauthenticated, nil) }
        if case .tooLarge = request.body { return (flow.bodyTooLarge, nil) }
        switch call {
        case .update(let flow): return update(flow, account: account, json: json, at: date)
        case .payloads: return (payloads(request.query, account: account), nil)
        case .transactions(let id): return (transactions(ofEntity: id, account: account), nil)
        }
    }

    private func payloads(_ query: String, account: EmulatorAccount) -> Answer {
        guard let link = FormText.values("link_id", in: query).last, !link.isEmpty else {
            return Flow.entity.badRequest("link_id is required.")
        }
        let payloads = state.payloads(ofLink: link, account: account)
        return Answer(.ok, .object(["payloads": .array(payloads)]))
    }

    private func transactions(ofEntity id: String, account: EmulatorAccount) -> Answer {
        let statements = state.statements(ofEntity: id, account: account)
        guard !statements.isEmpty else { return .notFound }
        return Answer(
            .ok,
            .object([
                "entity_id": .string(id), "progress": .array(statements.map(\.json)),
                "accounts": .array([]),
                "fraud": .object(["fraud_status": .bool(false), "fraud_type": .null]),
                "transactions": .array([]),
            ]))
    }

    private func update(
        _ flow: Flow, account: EmulatorAccount, json: JSON?, at date: Date
    ) -> (answer: Answer, change: RegistrationChange?) {
        do throws(WebhookRequest.Refusal) {
            let webhook = try WebhookRequest(body: json, flow: flow)
            let registration = Registration(
                webhookURL: webhook.webhookURL, webhookMode: webhook.webhookMode, updatedAt: date)
            let change = RegistrationChange(
                account: account, flow: flow, registration: registration)
            return (flow.success, change)
        } catch {
            return (flow.badRequest(error.message), nil)
        }
    }

    private func account(of request: ReceivedRequest) -> EmulatorAccount? {
        guard let keyName = APIRoutes.apiKey, let key = request.headers[keyName],
            let hashName = APIRoutes.serverHash, let hash = request.headers[hashName],
            let account = EmulatorAccount(key: key, hash: hash)
        else { return nil }
        return accounts?.contains(account) == false ? nil : account
    }

    private func record(
        of request: ReceivedRequest, at date: Date, account: EmulatorAccount?, json: JSON?
    ) -> RequestRecord {
        let text: JSON? =
            switch request.body {
            case .bytes(let bytes) where !bytes.isEmpty:
                .string(String(decoding: bytes, as: UTF8.self))
            default: nil
            }
        return RequestRecord(
            at: date, method: request.method.rawValue, path: request.path,
            account: account?.name, body: json ?? text, status: nil)
    }
}
