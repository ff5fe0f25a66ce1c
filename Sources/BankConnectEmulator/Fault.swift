import HTTPTypes

/// A disturbance that the next calls to a path meet, before they are authenticated.
struct Fault: Sendable, Equatable {
    /// On which side of the change the connection is closed without an answer.
    enum Reset: String, Sendable {
        case before, after
    }

    /// The path it disturbs, compared exactly and without a query.
    let path: String
    /// How many calls it still disturbs.
    var times: Int
    /// Answered instead of making the change.
    let status: Int?
    /// How long the answer, or the reset, is held back; the change has then been made already.
    let delayMilliseconds: Int?
    /// Set in the answer, over what it would have otherwise.
    let headers: HTTPFields
    /// How long each byte of the body is held back.
    var dripMilliseconds: Int?
    /// The answer's body: a string as it is, another value as JSON.
    let body: JSON?
    /// Closes the connection instead of answering.
    let reset: Reset?

    /// Whether the change that the call asks for is made.
    ///
    /// A status stands for a server that failed first; `reset: after` for one that failed last.
    var letsChangeHappen: Bool {
        switch reset {
        case .before: false
        case .after: true
        case nil: status == nil
        }
    }

    /// What goes out in place of the API's own answer.
    func disturbed(_ answer: Answer) -> Answer {
        var disturbed = answer
        if let status {
            let detail = JSON.object(["detail": .string("A fault of the emulator.")])
            disturbed = Answer(HTTPResponse.Status(code: status), detail)
        }
        if let body { disturbed.body = body.string ?? body.text }
        disturbed.dripMilliseconds = dripMilliseconds
        for field in headers { disturbed.headers[field.name] = field.value }
        return disturbed
    }
}
