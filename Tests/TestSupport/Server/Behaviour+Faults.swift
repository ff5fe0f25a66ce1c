import NIOCore

// The faults of an API that bankhook must survive.
extension Behaviour {
    /// Reads the request, then closes politely without a byte of an answer.
    package static var closeBeforeAnswer: Behaviour { Behaviour([.end(.close)]) }

    /// Reads the request, then ends like a killed process: FIN, over TLS without `close_notify`.
    package static var cutBeforeAnswer: Behaviour { Behaviour([.end(.cut)]) }

    /// Reads the request, then resets the connection (RST).
    package static var resetBeforeAnswer: Behaviour { Behaviour([.end(.reset)]) }

    /// Announces 100 bytes of JSON, sends ten, and closes politely.
    package static var closeMidBody: Behaviour { halfAnAnswer.then(.closeBeforeAnswer) }

    /// Announces 100 bytes of JSON, sends ten, and ends like a killed process.
    package static var cutMidBody: Behaviour { halfAnAnswer.then(.cutBeforeAnswer) }

    /// Announces 100 bytes of JSON, sends ten, and resets the connection.
    package static var resetMidBody: Behaviour { halfAnAnswer.then(.resetBeforeAnswer) }

    /// Reads the request and stays silent.
    package static var neverAnswer: Behaviour { Behaviour([.stall]) }

    /// An answer whose headers never end, from its first byte on one byte per interval.
    package static func dripHeaders(_ interval: Duration) -> Behaviour {
        let start = "HTTP/1.1 200 OK\r\nx-drip: ".utf8.flatMap { byte in
            [Step.send(ByteBuffer(bytes: [byte])), .pause(interval)]
        }
        return Behaviour(start + [endlessly("a", pause: interval)])
    }

    /// An answer whose body never ends, one byte of it (a chunk of its own) per interval.
    package static func dripBody(_ interval: Duration) -> Behaviour {
        chunkedHead.then(Behaviour([endlessly("1\r\na\r\n", pause: interval)]))
    }

    /// A body that comes as fast as the peer reads, 64 KiB a chunk.
    ///
    /// It is cut off after all, at `limit` bytes, so that a client that reads on cannot run for
    /// ever.
    package static func endlessBody(limit: Int = 10_000_000_000) -> Behaviour {
        let size = 0x1_0000
        let chunk = "10000\r\n" + String(repeating: "a", count: size) + "\r\n"
        let times = limit / size
        return
            chunkedHead
            .then(Behaviour([.repeatedly(ByteBuffer(string: chunk), pause: .zero, times: times)]))
            .then(.cutBeforeAnswer)
    }

    /// A well-formed answer with at least that many bytes of headers, in lines of 1,000.
    package static func hugeHeaders(_ bytes: Int = 1_000_000) -> Behaviour {
        let value = String(repeating: "a", count: 1_000)
        let fields = (0...bytes / 1_000).map { ("x-huge-\($0)", value) }
        return respondRaw(head(200, fields + [("content-length", "0")]))
    }

    /// A well-formed answer of 260 kB that `GzipBomb` unpacks to 256 MiB.
    package static var compressedBomb: Behaviour {
        let fields = [
            ("content-type", "application/json"), ("content-encoding", "gzip"),
            ("content-length", "\(GzipBomb.bytes.count)"),
        ]
        return respondRaw(head(200, fields)).then(.respondRaw(GzipBomb.bytes))
    }

    private static var halfAnAnswer: Behaviour {
        respond(
            200, headers: ["content-type": "application/json", "content-length": "100"],
            body: #"{"message""#)
    }

    private static var chunkedHead: Behaviour {
        respond(
            200,
            headers: ["content-type": "application/json", "transfer-encoding": "chunked"])
    }

    private static func endlessly(_ text: String, pause: Duration) -> Step {
        .repeatedly(ByteBuffer(string: text), pause: pause, times: .max)
    }
}
