internal import BankConnectAPI
internal import BankhookModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Passes a request on, and makes what the target answered an answer of one's own.
struct Forwarding {
    private let forward: ListenConfiguration.Forward

    /// How much of the target's answer is passed back.
    private static let longestAnswer = 1 << 20

    /// Those of a connection and not of a message, and those that the next request has of its own
    /// (RFC 9110, section 7.6.1).
    private static let ownHeaders: Set = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    init(_ forward: ListenConfiguration.Forward) {
        self.forward = forward
    }

    /// What to answer, and why the target could not be asked, where it could not.
    func answer(to body: [UInt8], _ head: HTTPRequest) async -> (Response, problem: String?) {
        let named = Set(
            (head.headerFields[.connection] ?? "").split(separator: ",")
                .map { $0.filter { $0 != " " }.lowercased() })
        let headers = head.headerFields.filter { field in
            !Forwarding.ownHeaders.contains(field.name.canonicalName)
                && !named.contains(field.name.canonicalName)
        }
        let reply = await forward.client.post(
            body, to: forward.url,
            // A kept connection may be closed just when the next payload is sent into it: a 502 for
            // what never arrived.
            headers: headers.map { HTTPHeader($0.name.rawName, $0.value) }
                + [HTTPHeader("connection", "close")],
            contentType: nil, timeout: forward.timeout, answerLimit: Forwarding.longestAnswer)
        switch reply.answer {
        case .response(let response):
            return (self.response(response, reply.headers), nil)
        case .timedOut, .connectTimedOut:
            return (Response(status: .gatewayTimeout), problem(reply.answer))
        default:
            return (Response(status: .badGateway), problem(reply.answer))
        }
    }

    private func response(_ answer: Answer.Response, _ headers: [HTTPHeader]) -> Response {
        var fields = HTTPFields()
        for header in headers where !Forwarding.ownHeaders.contains(header.name.lowercased()) {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        let isBodiless = [204, 304].contains(answer.status)
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: fields,
            body: isBodiless ? .init() : .init(byteBuffer: ByteBuffer(bytes: answer.body.bytes)))
    }

    private func problem(_ answer: Answer) -> String {
        switch answer {
        case .timedOut: "\(forward.url.origin) gave no complete answer within \(forward.timeout)"
        case .connectTimedOut: "\(forward.url.origin) did not accept a connection"
        case .connectionRefused: "\(forward.url.origin) refused the connection"
        case .nameNotFound: "the name of \(forward.url.origin) was not found"
        case .tlsFailed(let reason): "no TLS with \(forward.url.origin): \(reason)"
        case .proxyFailed(_, let variable):
            "the proxy in \(variable) made no connection to \(forward.url.origin)"
        case .interrupted: "interrupted before \(forward.url.origin) answered"
        case .reset, .response:
            "the connection to \(forward.url.origin) ended without a complete answer"
        }
    }
}
