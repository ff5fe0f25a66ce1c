internal import BankConnectAPI
internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import SourceText

/// Why BankConnect's answer is not known, in words.
struct ReadFailureText {
    let code: String
    /// What happened and what to do; safe to print.
    let message: String
    /// Whether it says more than that nobody asked.
    let isWorthALine: Bool

    init(_ failure: LinkFailure, access: ReadAccess, search: SecretSearch) {
        switch failure {
        case .read(let failure):
            self.init(failure, access: access, search: search)
        case .otherLink(let position, let linkID):
            let other =
                linkID.map { "link '\(ForeignText($0, search: search).shown)'" } ?? "no link"
            self.init(
                "other_link",
                "payloads[\(position)] of its list names \(other), so nothing of it is sent; name links "
                    + "exactly as BankConnect does",
                isWorthALine: true)
        case .notAsked:
            self.init("not_asked", "not asked: another question failed in a way that concerns all")
        case .interrupted:
            self.init("interrupted", "not asked: interrupted")
        }
    }

    init(_ failure: ReadFailure, access: ReadAccess, search: SecretSearch) {
        let tries = failure.attempts > 1 ? " (\(failure.attempts) attempts)" : ""
        switch failure.cause {
        case .answer(let answer):
            let text = AnswerText(
                answer, host: access.environment.registration.baseURL.canonical,
                timeout: access.environment.timeout, search: search)
            let hint = ReadFailureText.hint(after: answer, access.environment).map { "; \($0)" }
            self.init(text.code, text.message + tries + (hint ?? ""), isWorthALine: true)
        case .loginPage:
            self.init(
                "login_page", "answered 200 with a web page: a proxy or login page?",
                isWorthALine: true)
        case .tooLong:
            self.init(
                "answer_too_long",
                "answered with more than \(ReadRequest.answerLimit >> 20) MiB, which is not read",
                isWorthALine: true)
        case .noJSON(let error):
            self.init(
                "answer_no_json", "answered 200 with something that is no JSON: \(error)",
                isWorthALine: true)
        case .wrongShape(let problem):
            self.init(
                "answer_wrong_shape",
                "answered 200, but not as BankConnect's pages say: \(PrintableText(problem))",
                isWorthALine: true)
        }
    }

    private init(_ code: String, _ message: String, isWorthALine: Bool = false) {
        self.code = code
        self.message = message
        self.isWorthALine = isWorthALine
    }

    private static func hint(after answer: Answer, _ environment: Environment) -> String? {
        switch answer {
        case .response(let response) where response.status == 401 || response.status == 403:
            "check \(PrintableText("\(environment.credentials.apiKey)")) and "
                + "\(PrintableText("\(environment.credentials.serverHash)"))"
        case .response(let response) where (300...399).contains(response.status):
            "redirects are never followed: the keys would travel; check base_url"
        case .response(let response) where response.status == 429:
            "BankConnect asks to come back later"
        case .tlsFailed:
            "check base_url, and name the roots of a private authority in ca_file"
        case .nameNotFound, .connectionRefused, .connectTimedOut:
            "check base_url and the network"
        case .proxyFailed(.unauthorized, let variable):
            "name them in \(variable): http://USER:PASSWORD@HOST:PORT"
        case .proxyFailed(_, let variable): "check \(variable), or add the host to no_proxy"
        case .response, .reset, .timedOut, .interrupted: nil
        }
    }
}
