import BankConnectAPI
import BankhookModel

/// What the server, or what stands before it, makes of one request.
struct Reply {
    /// What the answer says of the registration, by the vendor's word and the specification's table.
    enum Meaning {
        case promised, refused, possible
    }

    let answer: Answer
    let meaning: Meaning

    /// A promise of the vendor, in one of its forms.
    static func good(_ flow: Flow, _ chance: Chance) -> Reply {
        let bodies: [String]
        switch flow {
        case .entity: bodies = ["", "{}", #"{"message": "success"}"#, "fine"]
        case .session: bodies = [#"{"message": "success"}"#]
        }
        return Reply(answer: response(200, chance.element(of: bodies)), meaning: .promised)
    }

    /// Anything else that can come back.
    static func bad(_ flow: Flow, _ chance: Chance) -> Reply {
        switch chance.below(10) {
        case 0:
            Reply(
                answer: response(chance.element(of: [400, 404, 422, 301, 307, 405])),
                meaning: .refused)
        case 1: Reply(answer: response(chance.element(of: [401, 403])), meaning: .refused)
        case 2: Reply(answer: response(429, after: wait(chance)), meaning: .refused)
        case 3:
            Reply(
                answer: chance.element(of: [
                    .connectionRefused, .connectTimedOut, .nameNotFound, .tlsFailed("expired"),
                    .proxyFailed(.closed, variable: "P"), .proxyFailed(.refused, variable: "P"),
                ]), meaning: .refused)
        case 4: Reply(answer: odd(flow, chance), meaning: .possible)
        case 5, 6:
            Reply(
                answer: response(
                    chance.element(of: [408, 425, 500, 501, 502, 503, 504, 520]),
                    after: wait(chance)),
                meaning: .possible)
        default: Reply(answer: chance.element(of: [.reset, .timedOut]), meaning: .possible)
        }
    }

    private static func odd(_ flow: Flow, _ chance: Chance) -> Answer {
        switch chance.below(flow == .session ? 4 : 3) {
        case 0: response(200, "<html>log in</html>")
        case 1:
            .response(
                Answer.Response(
                    status: 200, body: AnswerBody(bytes: [], contentType: "text/html")))
        case 2: response(chance.element(of: [101, 201, 202, 204, 303]))
        default: response(200, "{}")
        }
    }

    private static func wait(_ chance: Chance) -> Duration? {
        chance.isOne(in: 3) ? .seconds(chance.below(61)) : nil
    }

    private static func response(_ status: Int, _ body: String = "", after: Duration? = nil)
        -> Answer
    {
        .response(
            Answer.Response(
                status: status,
                body: AnswerBody(bytes: Array(body.utf8), contentType: "application/json"),
                retryAfter: after))
    }
}
