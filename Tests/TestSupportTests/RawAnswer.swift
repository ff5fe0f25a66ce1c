import NIOCore
import NIOSSL

/// What a raw client saw: every byte, and how it ended.
struct RawAnswer {
    enum Ending: Equatable {
        /// End of file; over TLS only after `close_notify`.
        case closed
        /// Over TLS: end of file without `close_notify`.
        case truncated
        /// The system's error number, such as ECONNRESET.
        case failed(CInt)
        /// The client had seen enough.
        case leftByClient
    }

    var bytes = ByteBuffer()
    var ending = Ending.closed

    var text: String { String(buffer: bytes) }

    /// What follows the head.
    var body: String {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return "" }
        return String(text[end.upperBound...])
    }
}
