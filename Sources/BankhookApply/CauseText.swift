internal import BankConnectAPI
internal import BankhookModel

/// A cause in words: what happened, what it means for the registration, what to do.
struct CauseText {
    let cause: Cause
    let environment: Environment
    let secrets: SecretValues

    init(_ cause: Cause, environment: Environment, secrets: SecretValues) {
        self.cause = cause
        self.environment = environment
        self.secrets = secrets
    }

    func problem(in outcome: Outcome) -> EnvironmentOutcome.Problem {
        EnvironmentOutcome.Problem(
            code: code, message: message + doubt(in: outcome), hint: hint(in: outcome))
    }

    private var code: String {
        switch cause {
        case .answer(let answer): text(answer).code
        case .loginPage: "login_page"
        case .notConfirmed: "not_confirmed"
        case .interrupted: "interrupted"
        case .probeFailed: "probe_failed"
        case .storeFailed: "not_recorded"
        case .notTakenBack: "not_taken_back"
        case .accountRefused: "account_refused"
        }
    }

    /// Why a failure that proves nothing arrived, or a refusal, is in doubt all the same.
    private func doubt(in outcome: Outcome) -> String {
        if case .inDoubt = outcome, case .probeFailed = cause {
            return "; an earlier apply may have arrived"
        }
        guard case .inDoubt = outcome, case .answer(let answer) = cause else { return "" }
        switch answer {
        case .reset, .timedOut, .interrupted: return ""
        case .response(let response):
            return doubt(about: response.status)
        case .connectionRefused, .connectTimedOut, .nameNotFound, .tlsFailed, .proxyFailed:
            return "; an earlier attempt or apply may have arrived"
        }
    }

    private func doubt(about status: Int) -> String {
        switch status {
        // Each of these may have taken effect by itself.
        case 408, 425, 500...599: ""
        case 300...302, 304...499: "; an earlier attempt or apply may have arrived"
        default: "; the vendor promises 200"
        }
    }

    private var message: String {
        switch cause {
        case .answer(let answer): text(answer).message
        case .loginPage: "answered 200 with a web page: a proxy or login page?"
        case .notConfirmed: "answered 200 without \"message\": \"success\""
        case .interrupted: "interrupted"
        case .probeFailed(let failure): "not sent: its probe failed: \(failure.message)"
        case .storeFailed(let problem): problem
        case .notTakenBack(let first, let problem):
            CauseText(first, environment: environment, secrets: secrets).message
                + "; its intent could not be taken back: \(problem)"
        case .accountRefused(let name):
            "not sent: the same credentials were refused for \(name)"
        }
    }

    private func text(_ answer: Answer) -> AnswerText {
        AnswerText(
            answer, host: environment.registration.baseURL.canonical,
            timeout: environment.timeout, search: SecretSearch(secrets.all))
    }

    private func hint(in outcome: Outcome) -> String? {
        if case .notTakenBack = cause {
            return "mend what the store names, then run apply again, which sends it again"
        }
        if case .probeFailed(let failure) = cause {
            return "\(failure.hint); to send it all the same: --allow probe"
        }
        switch outcome {
        case .inDoubt:
            return "the registration may have changed or not: run apply again, which sends it again"
        case .appliedButNotRecorded:
            return
                "BankConnect has it, the record does not say so: run apply again once that is mended"
        case .failed, .skipped, .applied, .unchanged:
            return credentialHint ?? redirectHint ?? unsentHint
        }
    }

    private var unsentHint: String? {
        switch cause {
        case .answer(.connectionRefused), .answer(.connectTimedOut), .answer(.nameNotFound):
            "nothing was sent; check base_url and the network, then run apply again"
        case .answer(.tlsFailed):
            "nothing was sent; check base_url, and name the roots of a private authority in ca_file"
        case .answer(.proxyFailed(.unauthorized, let variable)):
            "nothing was sent; name them in \(variable): http://USER:PASSWORD@HOST:PORT"
        case .answer(.proxyFailed(_, let variable)):
            "nothing was sent; check \(variable), or add the host to no_proxy, then run apply again"
        case .answer(.response(let response)) where response.status == 429:
            "BankConnect asks to come back later, and what was registered before stays"
        case .answer(.response):
            "what was registered before stays; mend what the answer names, then run apply again"
        default: nil
        }
    }

    private var redirectHint: String? {
        guard case .answer(.response(let response)) = cause,
            (300...399).contains(response.status)
        else { return nil }
        return "redirects are never followed: the keys would travel; check base_url"
    }

    private var credentialHint: String? {
        guard case .answer(.response(let response)) = cause,
            response.status == 401 || response.status == 403
        else { return nil }
        if secrets.credentials.apiKey == secrets.credentials.serverHash {
            return "api_key and server_hash hold the same value"
        }
        let key = environment.credentials.apiKey.description.lowercased()
        let hash = environment.credentials.serverHash.description.lowercased()
        if key.contains("hash"), !hash.contains("hash") {
            return "api_key is read from \(environment.credentials.apiKey) and server_hash from "
                + "\(environment.credentials.serverHash): are they swapped?"
        }
        return "check \(environment.credentials.apiKey) and \(environment.credentials.serverHash)"
    }
}
