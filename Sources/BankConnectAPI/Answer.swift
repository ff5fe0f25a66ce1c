/// What came of one attempt, before anybody judges it.
package enum Answer: Equatable, Sendable {
    case response(Response)
    /// Nothing was sent, and it may work later.
    case connectionRefused, connectTimedOut
    /// Nothing was sent, and trying again changes nothing.
    case nameNotFound
    case tlsFailed(String)
    /// The proxy that a variable names made no connection: nothing was sent.
    case proxyFailed(ProxyFailure, variable: String)
    /// The connection ended, or what came back was no HTTP, after the request may have arrived.
    case reset
    /// The whole exchange took longer than the environment's time-out.
    case timedOut
    /// This process was told to stop while the request was under way.
    case interrupted

    /// A status line and what came with it.
    package struct Response: Equatable, Sendable {
        package let status: Int
        package let body: AnswerBody
        /// How long the server asked to wait.
        package let retryAfter: Duration?

        package init(status: Int, body: AnswerBody = .empty, retryAfter: Duration? = nil) {
            self.status = status
            self.body = body
            self.retryAfter = retryAfter
        }
    }

    /// The status, where there was one.
    package var status: Int? {
        guard case .response(let response) = self else { return nil }
        return response.status
    }
}
