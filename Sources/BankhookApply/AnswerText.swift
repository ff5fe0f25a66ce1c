package import BankConnectAPI
package import BankhookModel

/// What came of one attempt in words, wherever it went.
package struct AnswerText {
    private let answer: Answer
    private let host: String
    private let timeout: TimeSpan
    private let search: SecretSearch

    /// `host` is an origin: whatever else a URL holds may be secret.
    package init(_ answer: Answer, host: String, timeout: TimeSpan, search: SecretSearch) {
        self.answer = answer
        self.host = host
        self.timeout = timeout
        self.search = search
    }

    /// A word that scripts match on.
    package var code: String {
        switch answer {
        case .response: "answer_status"
        case .connectionRefused: "connection_refused"
        case .connectTimedOut: "connect_timed_out"
        case .nameNotFound: "name_not_found"
        case .tlsFailed: "tls_failed"
        case .proxyFailed: "proxy_failed"
        case .reset: "connection_reset"
        case .timedOut: "timed_out"
        case .interrupted: "interrupted"
        }
    }

    /// What happened, for a person; text of the other side is made safe to print.
    package var message: String {
        switch answer {
        case .response(let response):
            let shown = ForeignText(response.body.text, search: search).shown
            return "answered \(response.status)" + (response.body.isBlank ? "" : ": \(shown)")
        case .connectionRefused: return "\(host) refused the connection"
        case .connectTimedOut: return "\(host) did not accept a connection"
        case .nameNotFound: return "the name of \(host) was not found"
        case .tlsFailed(let reason): return "no TLS with \(host): \(reason)"
        case .proxyFailed(let failure, let variable):
            return message(failure, of: "the proxy in \(variable)")
        case .reset: return "the connection to \(host) ended without a complete answer"
        case .timedOut: return "no complete answer within \(timeout)"
        case .interrupted: return "interrupted"
        }
    }

    private func message(_ failure: ProxyFailure, of proxy: String) -> String {
        switch failure {
        case .unreachable: "\(proxy) refused the connection"
        case .timedOut: "no connection to \(host) through \(proxy) in time"
        case .closed: "\(proxy) ended the connection before anything was sent to \(host)"
        case .nameNotFound: "the name of \(proxy) was not found"
        case .unauthorized: "\(proxy) asks for a user name and password, or refuses them (407)"
        case .refused: "\(proxy) refused to connect to \(host)"
        }
    }
}
