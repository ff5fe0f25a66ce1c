internal import BankConnectAPI
internal import JSONSyntax

/// How many deliveries there were, as an endpoint's own count says: a JSON number, or an object whose
/// `count` is one.
struct DeliveryCount {
    let value: Int

    /// The longest answer that is taken, in bytes.
    static let longestBody = 64 << 10

    private static let hint =
        "it must answer 200 with how many webhooks arrived, without probes: a JSON number, or "
        + #"{"count": N}"#

    /// Reads an answer, which is never quoted. `name` says whose it is.
    init(_ answer: Answer, from name: String) throws(WatchProblem) {
        guard case .response(let response) = answer, response.status == 200 else {
            throw WatchProblem(Self.failure(answer, of: name), hint: Self.hint)
        }
        guard response.body.bytes.count <= Self.longestBody else {
            throw WatchProblem(
                "\(name) answered with more than \(Self.longestBody) bytes", hint: Self.hint)
        }
        guard let value = Self.count(in: response.body.bytes) else {
            throw WatchProblem("\(name) answered 200, but with no count", hint: Self.hint)
        }
        self.value = value
    }

    private static func count(in body: [UInt8]) -> Int? {
        guard let value = try? JSONParser.parse(body) else { return nil }
        let number = if case .object = value { value["count"] } else { JSONValue?.some(value) }
        guard case .integer(let count)? = number, count >= 0 else { return nil }
        return count
    }

    private static func failure(_ answer: Answer, of name: String) -> String {
        switch answer {
        case .response(let response) where (300...399).contains(response.status):
            "\(name) answered \(response.status), a redirect, which is not followed"
        case .response(let response): "\(name) answered \(response.status) and no count"
        case .connectionRefused: "\(name) refused the connection"
        case .connectTimedOut: "\(name) did not accept a connection"
        case .nameNotFound: "the name of \(name) was not found"
        case .tlsFailed(let reason): "no TLS with \(name): \(reason)"
        case .proxyFailed(_, let variable):
            "the proxy in \(variable) made no connection to \(name)"
        case .reset: "the connection to \(name) ended without a complete answer"
        case .timedOut: "\(name) gave no complete answer in time"
        case .interrupted: "the question to \(name) was interrupted"
        }
    }
}
