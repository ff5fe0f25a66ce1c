internal import BankConnectAPI
internal import BankhookModel
internal import Synchronization

/// The accounts whose credentials BankConnect refused in this run: others need not try them.
final class RefusedAccounts: Sendable {
    private struct Account: Hashable {
        let baseURL: BaseURL
        let flow: Flow
        let credentials: Credentials

        init(_ request: UpdateWebhookRequest) {
            baseURL = request.baseURL
            flow = request.flow
            credentials = request.credentials
        }
    }

    private let accounts = Mutex<[Account: EnvironmentName]>([:])

    func add(_ request: UpdateWebhookRequest, for name: EnvironmentName) {
        accounts.withLock { $0[Account(request)] = name }
    }

    /// The environment for which this request's account was refused.
    func refusal(of request: UpdateWebhookRequest) -> EnvironmentName? {
        accounts.withLock { $0[Account(request)] }
    }
}
