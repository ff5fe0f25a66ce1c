internal import Synchronization

/// Which requests have begun to be written to a connection.
///
/// The HTTP client reports a proxy that ends the connection before the tunnel, and a server that
/// ends it after the request, by the same error. Only this tells that nothing was sent.
final class StartedRequests: Sendable {
    /// Carries a request's number down to the handler, which takes it out again.
    static let header = "bankhook-attempt"

    private struct State {
        var count = 0
        var started = Set<String>()
    }

    private let state = Mutex(State())

    /// A number for one more request.
    func makeNumber() -> String {
        state.withLock { state in
            state.count += 1
            return "\(state.count)"
        }
    }

    /// Notes a request before its first byte.
    func note(_ number: String) {
        state.withLock { _ = $0.started.insert(number) }
    }

    /// Forgets a request that has ended, and says whether it was begun.
    func end(_ number: String) -> Bool {
        state.withLock { $0.started.remove(number) != nil }
    }
}
