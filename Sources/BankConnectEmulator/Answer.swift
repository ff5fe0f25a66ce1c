import HTTPTypes
import Hummingbird
import NIOCore

/// What the emulator says to a call.
struct Answer: Sendable {
    /// The status line.
    var status: HTTPResponse.Status
    /// The headers, without those that frame the body.
    var headers: HTTPFields
    /// The text of the body.
    var body: String

    /// An answer whose body is JSON.
    init(_ status: HTTPResponse.Status, _ body: JSON) {
        self.status = status
        self.headers = [.contentType: "application/json"]
        self.body = body.text
    }

    /// The answer as the server sends it; a HEAD call gets no body.
    func response(to method: HTTPRequest.Method) -> Response {
        let isBodiless = method == .head || [204, 304].contains(status.code)
        return Response(
            status: status, headers: headers,
            body: isBodiless ? .init() : .init(byteBuffer: ByteBuffer(string: body)))
    }
}
