import HTTPTypes
import HummingbirdTesting
import NIOCore

extension TestClient.Response {
    /// The body as text.
    var text: String { body.map { String(buffer: $0) } ?? "" }
}
