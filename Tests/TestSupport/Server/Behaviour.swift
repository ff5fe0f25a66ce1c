import NIOCore
import NIOHTTP1

/// What a hostile server does once it has read a request.
///
/// After it the connection stays open for the next request, unless the behaviour ends or stalls it.
package struct Behaviour: Sendable {
    /// What is done, in this order.
    let steps: [Step]

    /// Takes the steps as they are.
    init(_ steps: [Step]) {
        self.steps = steps
    }

    /// This one, and `next` after it, for the same request.
    package func then(_ next: Behaviour) -> Behaviour { Behaviour(steps + next.steps) }

    /// This one, then a polite close.
    package var thenClose: Behaviour { then(.closeBeforeAnswer) }
}

extension Behaviour {
    /// A well-formed answer; `content-length` is added where the headers say no length.
    package static func respond(
        _ status: Int, headers: KeyValuePairs<String, String> = [:], body: String = ""
    ) -> Behaviour {
        let names = headers.map { $0.key.lowercased() }
        let isFramed = names.contains("content-length") || names.contains("transfer-encoding")
        var fields = headers.map { ($0.key, $0.value) }
        if !isFramed, HTTPResponseStatus(statusCode: status).mayHaveResponseBody {
            fields.append(("content-length", "\(body.utf8.count)"))
        }
        return respondRaw(head(status, fields) + body)
    }

    /// These characters and nothing else: interim answers, garbage, malformed status lines.
    package static func respondRaw(_ text: String) -> Behaviour {
        Behaviour([.send(ByteBuffer(string: text))])
    }

    /// These bytes and nothing else.
    package static func respondRaw(_ bytes: [UInt8]) -> Behaviour {
        Behaviour([.send(ByteBuffer(bytes: bytes))])
    }

    /// A redirect to an absolute URL or a path.
    package static func redirect(to location: String, status: Int = 307) -> Behaviour {
        respond(status, headers: ["location": location])
    }

    /// Waits that long first.
    package static func delay(_ duration: Duration, then next: Behaviour) -> Behaviour {
        Behaviour([.pause(duration)]).then(next)
    }

    /// Waits first until the test opens the gate.
    package static func hold(until gate: Gate, then next: Behaviour) -> Behaviour {
        Behaviour([.pass(gate)]).then(next)
    }

    /// The status line and header lines of an answer, with the empty line that ends them.
    static func head(_ status: Int, _ fields: [(name: String, value: String)]) -> String {
        let reason = HTTPResponseStatus(statusCode: status).reasonPhrase
        let lines = fields.map { "\($0.name): \($0.value)\r\n" }
        return "HTTP/1.1 \(status) \(reason)\r\n" + lines.joined() + "\r\n"
    }
}
