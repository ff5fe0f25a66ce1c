package import BankConnectAPI
internal import BankhookModel

/// Why an endpoint did not pass, in words: what happened, and what to do about it.
///
/// Neither the answer's body nor its headers are quoted: a redirect's target may hold the URL's
/// secrets.
package struct ProbeProblem: Equatable, Sendable {
    /// A word that scripts match on.
    package let code: String
    package let message: String
    package let hint: String

    package init(_ answer: Answer, target: ProbeTarget) {
        let origin = target.url.origin
        switch answer {
        case .response(let response):
            self.init(status: response.status)
        case .connectionRefused:
            self.init(
                "connection_refused", "\(origin) refused the connection",
                "is the receiver running, and does this machine reach it?")
        case .connectTimedOut:
            self.init(
                "connect_timed_out", "\(origin) did not accept a connection",
                "does a firewall let this machine in?")
        case .nameNotFound:
            self.init(
                "name_not_found", "the name of \(origin) was not found",
                "check the host, and its DNS entry")
        case .tlsFailed(let reason):
            self.init(
                "tls_failed", "no TLS with \(origin): \(reason)",
                "the receiver needs TLS 1.2 or newer and a certificate of a public authority, with "
                    + "its intermediates")
        case .proxyFailed(_, let variable):
            self.init(
                "proxy_failed", "the proxy in \(variable) made no connection to \(origin)",
                "check \(variable), or add the host to no_proxy")
        case .reset:
            self.init(
                "connection_reset", "the connection to \(origin) ended without a complete answer",
                "look into the receiver's log: did it crash on the payload?")
        case .timedOut:
            self.init(
                "timed_out", "no complete answer within \(target.timeout)",
                "answer 200 once the payload is stored, and do the work afterwards")
        case .interrupted:
            self.init("interrupted", "interrupted", "run it again")
        }
    }

    private init(_ code: String, _ message: String, _ hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    private init(status: Int) {
        self.init("answer_status", "answered \(status)", ProbeProblem.advice(on: status))
    }

    private static func advice(on status: Int) -> String {
        switch status {
        case 201, 202, 204:
            "\(meaning(of: status)), and BankConnect takes nothing but 200 for success: answer 200 "
                + "once the payload is stored"
        case 200...299:
            "BankConnect takes nothing but 200 for success: answer 200 once the payload is stored"
        case 300...399:
            "a redirect, which is not followed: a POST may lose its body on the way; register the "
                + "URL that it leads to"
        case 401, 403:
            "BankConnect signs nothing and signs in nowhere: let it in by an unguessable path, or "
                + "send what was agreed with probe_headers"
        case 404: "no such path there: check the path of the URL and its secrets"
        case 405: "the path takes no POST"
        case 400, 415, 422:
            "the receiver refuses a documented payload: look into its log for what it expects"
        case 429: "the receiver limits how often it is called: BankConnect must not be limited"
        case 500...599: "the receiver failed, or what stands before it: look into its log"
        default: "BankConnect takes nothing but 200 for success"
        }
    }

    private static func meaning(of status: Int) -> String {
        switch status {
        case 201: "201 is what frameworks answer for something created"
        case 202: "202 says that the work is not done"
        default: "204 is an answer without a body"
        }
    }
}
