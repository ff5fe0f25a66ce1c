package import BankhookModel

/// What came of one call, with what else is known of the other side.
package struct HTTPReply: Sendable {
    package let answer: Answer
    /// Those of the answer; none where there was none.
    package let headers: [HTTPHeader]
    /// When the other side's certificate ends; nil without TLS, and where no answer came.
    package let certificateEnd: Timestamp?

    package init(
        answer: Answer, headers: [HTTPHeader] = [], certificateEnd: Timestamp? = nil
    ) {
        self.answer = answer
        self.headers = headers
        self.certificateEnd = certificateEnd
    }
}
