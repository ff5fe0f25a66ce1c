import HTTPTypes
import Hummingbird
import NIOCore

/// A call whose body has been read.
struct ReceivedRequest: Sendable {
    /// The body as far as the emulator reads it.
    enum Body: Sendable {
        /// All of it.
        case bytes([UInt8])
        /// Longer than 1 MiB. The rest is dropped unread.
        case tooLarge
    }

    /// How long a body may be, in bytes: 1 MiB.
    private static let maximumBody = 1 << 20

    /// The method as sent.
    let method: HTTPRequest.Method
    /// The path as sent, without a query: `%2F` or a missing slash make another path.
    let path: String
    /// What stands behind the path's question mark, as sent.
    let query: String
    /// The headers, which no list may show.
    let headers: HTTPFields
    /// The `Host` header.
    let authority: String?
    /// The body, or that it was too large.
    let body: Body

    /// Reads the body to its end.
    init(_ request: Request) async throws {
        method = request.head.method
        let target = request.head.path ?? ""
        path = String(target.prefix { $0 != "?" })
        query = String(target.dropFirst(path.count + 1))
        headers = request.head.headerFields
        authority = request.head.authority
        do {
            let bytes = try await request.body.collect(upTo: ReceivedRequest.maximumBody)
            body = .bytes(Array(bytes.readableBytesView))
        } catch is NIOTooManyBytesError {
            body = .tooLarge
        }
    }

    /// The body as JSON, or nil where it is none.
    var json: JSON? {
        guard case .bytes(let bytes) = body else { return nil }
        return JSONParser.parse(bytes)
    }
}
