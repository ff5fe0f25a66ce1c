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
    /// How long each byte of the body is held back; nil to send it as one.
    var dripMilliseconds: Int?

    /// A page for a browser.
    init(html: String) {
        status = .ok
        headers = [.contentType: "text/html; charset=utf-8"]
        body = html
    }

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
            status: status, headers: headers, body: isBodiless ? .init() : responseBody)
    }

    private var responseBody: ResponseBody {
        guard let dripMilliseconds else { return .init(byteBuffer: ByteBuffer(string: body)) }
        let bytes = Array(body.utf8)
        return ResponseBody(contentLength: bytes.count) { writer in
            for byte in bytes {
                try await Task.sleep(for: .milliseconds(dripMilliseconds))
                try await writer.write(ByteBuffer(bytes: [byte]))
            }
            try await writer.finish(nil)
        }
    }
}
