package import BankConnectAPI
package import BankhookModel

/// What one attempt at an update call came to.
package enum Verdict: Equatable, Sendable {
    /// BankConnect promised with status 200 that the registration holds.
    case applied
    /// Something answered, but not what the vendor promises: the registration may hold or not.
    case inDoubt(Cause)
    /// BankConnect refused, or was never reached; what was registered before still is.
    case refused(Cause)
    /// Worth another attempt. `arrived` tells whether this one may have taken effect all the same;
    /// `after` is what the server asked to wait.
    case retry(Cause, arrived: Arrival, after: Duration? = nil)
    /// The attempt was cut off by this process's own end.
    case cutOff

    package enum Arrival: Equatable, Sendable { case impossible, possible }
}

extension Verdict {
    /// The table of answers, row by row (specification, section 5).
    package init(_ answer: Answer, flow: Flow) {
        let cause = Cause.answer(answer)
        switch answer {
        case .response(let response):
            self = Verdict(response, flow: flow, cause: cause)
        case .connectionRefused, .connectTimedOut:
            self = .retry(cause, arrived: .impossible)
        case .nameNotFound, .tlsFailed:
            self = .refused(cause)
        case .proxyFailed(let failure, _):
            self = failure.mayPass ? .retry(cause, arrived: .impossible) : .refused(cause)
        case .reset, .timedOut:
            self = .retry(cause, arrived: .possible)
        case .interrupted:
            self = .cutOff
        }
    }

    private init(_ response: Answer.Response, flow: Flow, cause: Cause) {
        switch response.status {
        case 200 where response.body.looksLikeHTML:
            self = .inDoubt(.loginPage)
        case 200 where flow == .session && !response.body.saysSuccess:
            self = .inDoubt(.notConfirmed)
        case 200:
            self = .applied
        case 429:
            self = .retry(cause, arrived: .impossible, after: response.retryAfter)
        case 408, 425, 500...599:
            self = .retry(cause, arrived: .possible, after: response.retryAfter)
        case 303:
            self = .inDoubt(cause)
        case 300...499:
            self = .refused(cause)
        default:
            // 101, other 2xx, and what no standard knows: nothing says that it was refused.
            self = .inDoubt(cause)
        }
    }
}
