import BankConnectAPI
import BankhookApply
import BankhookModel
import Testing

@Suite struct VerdictTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let answer: Answer
        let verdict: Expected
        var flow = Flow.entity

        enum Expected: Sendable {
            case applied, inDoubt, refused, retry(Verdict.Arrival), cutOff
        }

        var testDescription: String { "\(answer) in the \(flow.rawValue) flow" }
    }

    /// The table of answers in the specification, section 5, row by row.
    static let table: [Row] =
        [
            Row(answer: response(200), verdict: .applied),
            Row(answer: response(200, "{\"ok\": true}"), verdict: .applied),
            Row(answer: response(200, "fine"), verdict: .applied),
            Row(answer: response(200, "<html>"), verdict: .inDoubt),
            Row(answer: response(200, " \n<!doctype html>"), verdict: .inDoubt),
            Row(
                answer: response(200, "sign in", type: "text/html; charset=utf-8"),
                verdict: .inDoubt),
            Row(
                answer: response(200, "{\"message\":\"success\"}"), verdict: .applied,
                flow: .session),
            Row(answer: response(200, "{\"message\":\"ok\"}"), verdict: .inDoubt, flow: .session),
            Row(answer: response(200), verdict: .inDoubt, flow: .session),
            Row(answer: response(101), verdict: .inDoubt),
            Row(answer: response(303), verdict: .inDoubt),
            Row(answer: response(999), verdict: .inDoubt),
            Row(answer: response(429), verdict: .retry(.impossible)),
            Row(answer: .connectionRefused, verdict: .retry(.impossible)),
            Row(answer: .connectTimedOut, verdict: .retry(.impossible)),
            Row(answer: .nameNotFound, verdict: .refused),
            Row(answer: .tlsFailed("expired"), verdict: .refused),
            Row(answer: .proxyFailed(.unreachable, variable: "P"), verdict: .retry(.impossible)),
            Row(answer: .proxyFailed(.timedOut, variable: "P"), verdict: .retry(.impossible)),
            Row(answer: .proxyFailed(.closed, variable: "P"), verdict: .retry(.impossible)),
            Row(answer: .proxyFailed(.nameNotFound, variable: "P"), verdict: .refused),
            Row(answer: .proxyFailed(.unauthorized, variable: "P"), verdict: .refused),
            Row(answer: .proxyFailed(.refused, variable: "P"), verdict: .refused),
            Row(answer: .reset, verdict: .retry(.possible)),
            Row(answer: .timedOut, verdict: .retry(.possible)),
            Row(answer: .interrupted, verdict: .cutOff),
        ]
        + [201, 202, 204, 206, 226].map { Row(answer: response($0), verdict: .inDoubt) }
        + [300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 409, 410, 422, 451].map {
            Row(answer: response($0), verdict: .refused)
        }
        + ([408, 425] + Array(500...599)).map {
            Row(answer: response($0), verdict: .retry(.possible))
        }

    static func response(_ status: Int, _ body: String = "", type: String? = nil) -> Answer {
        .response(
            Answer.Response(
                status: status, body: AnswerBody(bytes: Array(body.utf8), contentType: type)))
    }

    @Test(arguments: table)
    func `each answer has its row in the table`(row: Row) {
        switch (Verdict(row.answer, flow: row.flow), row.verdict) {
        case (.applied, .applied), (.inDoubt, .inDoubt), (.refused, .refused), (.cutOff, .cutOff):
            break
        case (.retry(_, let arrived, _), .retry(let expected)):
            #expect(arrived == expected)
        case (let verdict, let expected):
            Issue.record("\(verdict) instead of \(expected)")
        }
    }

    @Test(arguments: [408, 425, 429, 500, 503, 520])
    func `a wait that the server asked for is passed on`(status: Int) {
        let answer = Answer.response(
            Answer.Response(status: status, retryAfter: .seconds(7)))
        guard case .retry(_, _, let after) = Verdict(answer, flow: .entity) else {
            Issue.record("\(status) is not retried")
            return
        }
        #expect(after == .seconds(7))
    }
}
