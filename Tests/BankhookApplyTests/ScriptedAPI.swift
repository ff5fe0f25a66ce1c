import BankConnectAPI
import Synchronization

/// Answers each request with the next answer of a list; the last one repeats.
final class ScriptedAPI: WebhookAPI {
    private struct State {
        var answers: [Answer]
        var requests: [UpdateWebhookRequest] = []
        var onRequest: (@Sendable () -> Void)?
        var hold: (@Sendable (UpdateWebhookRequest) async -> Void)?
    }

    private let state: Mutex<State>

    init(_ answers: [Answer]) {
        state = Mutex(State(answers: answers))
    }

    var requests: [UpdateWebhookRequest] { state.withLock { $0.requests } }

    /// Runs something while a request is under way.
    func onRequest(_ body: @Sendable @escaping () -> Void) {
        state.withLock { $0.onRequest = body }
    }

    /// Waits for something before each request is answered.
    func hold(_ body: @Sendable @escaping (UpdateWebhookRequest) async -> Void) {
        state.withLock { $0.hold = body }
    }

    func update(_ request: UpdateWebhookRequest) async -> Answer {
        let (answer, hook) = state.withLock { state in
            state.requests.append(request)
            let answer = state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
            return (answer ?? .reset, state.onRequest)
        }
        hook?()
        await state.withLock { $0.hold }?(request)
        return answer
    }
}
