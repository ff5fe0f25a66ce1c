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
        self.accounts =
            switch accounts {
            case .listed(let accounts): Set(accounts)
            case .any: nil
            }
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
        guard let flow = Flow(updatePath: request.path) else {
            return (Answer(.notFound, .object(["detail": .string("Not found.")])), nil)
        }
        guard request.method == .post else { return (flow.methodNotAllowed(request.method), nil) }
        guard let account else { return (flow.unauthenticated, nil) }
        if case .tooLarge = request.body { return (flow.bodyTooLarge, nil) }
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
