import BankConnectAPI
import BankhookDelivery
import BankhookModel
import Synchronization

/// An endpoint that answers what a test wants, 200 by default, and remembers what it was sent.
final class ReceiverDouble: Sendable {
    private struct State {
        var received: [WebhookPayload] = []
        var answers: [String: [Answer]] = [:]
        var underWay: [String: Int] = [:]
        var most: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let hook: @Sendable (WebhookPayload) async -> Void

    init(_ hook: @Sendable @escaping (WebhookPayload) async -> Void = { _ in }) {
        self.hook = hook
    }

    /// Answers to a statement's payload before the 200s.
    func answer(_ statement: String, with answers: [Answer]) {
        state.withLock { $0.answers[statement] = answers }
    }

    var received: [WebhookPayload] { state.withLock { $0.received } }

    func statements(of link: String) -> [String?] {
        received.filter { $0.linkID == link }.map(\.statementID)
    }

    /// The most that were under way at a time in one link.
    var mostInOneLink: Int { state.withLock { $0.most.values.max() ?? 0 } }

    func deliver(_ payload: WebhookPayload) async -> Answer {
        let link = payload.linkID ?? ""
        let answer = state.withLock { state -> Answer in
            state.received.append(payload)
            state.underWay[link, default: 0] += 1
            state.most[link] = max(state.most[link] ?? 0, state.underWay[link] ?? 0)
            if let first = state.answers[payload.statementID ?? ""]?.first {
                state.answers[payload.statementID ?? ""]?.removeFirst()
                return first
            }
            return .response(.init(status: 200))
        }
        await hook(payload)
        state.withLock { $0.underWay[link, default: 0] -= 1 }
        return answer
    }
}
