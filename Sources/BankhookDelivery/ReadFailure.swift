package import BankConnectAPI
package import JSONSyntax

/// Why BankConnect's answer to a question is not known.
package struct ReadFailure: Error, Equatable, Sendable {
    package enum Cause: Equatable, Sendable {
        case answer(Answer)
        /// A web page with status 200.
        case loginPage
        /// Longer than what is read.
        case tooLong
        case noJSON(JSONSyntaxError)
        /// JSON, but not what the vendor documents; the words say what is wrong with it.
        case wrongShape(String)
    }

    package let cause: Cause
    package let attempts: Int

    package init(cause: Cause, attempts: Int) {
        self.cause = cause
        self.attempts = attempts
    }

    /// Whether every other question would fare alike: the keys are refused, or nobody is there.
    package var concernsAll: Bool {
        switch cause {
        case .answer(.response(let response)): response.status == 401 || response.status == 403
        case .answer(.reset), .answer(.timedOut): false
        case .answer, .loginPage: true
        case .tooLong, .noJSON, .wrongShape: false
        }
    }
}
