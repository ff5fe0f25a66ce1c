internal import JSONSyntax

/// What was read of an answer's body: 64 KiB at most.
package struct AnswerBody: Equatable, Sendable {
    package let bytes: [UInt8]
    package let contentType: String?

    /// How much of a body is read.
    package static let limit = 64 << 10
    package static let empty = AnswerBody(bytes: [], contentType: nil)

    package init(bytes: [UInt8], contentType: String?) {
        self.bytes = bytes
        self.contentType = contentType
    }

    /// A web page: what a proxy or a login answers with status 200.
    package var looksLikeHTML: Bool {
        let type = contentType?.lowercased() ?? ""
        if type.contains("html") { return true }
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        return text.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
    }

    package var isBlank: Bool {
        bytes.allSatisfy { " \t\r\n".utf8.contains($0) }
    }

    package var isJSON: Bool {
        (try? JSONParser.parse(bytes)) != nil
    }

    /// The Session flow's `{"message": "success"}`.
    package var saysSuccess: Bool {
        (try? JSONParser.parse(bytes))?["message"] == "success"
    }

    package var text: String {
        String(decoding: bytes, as: UTF8.self)
    }
}
