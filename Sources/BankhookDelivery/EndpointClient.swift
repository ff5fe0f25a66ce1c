package import BankConnectAPI
package import BankhookModel

/// Calls webhook endpoints as BankConnect would: a POST of JSON, and nothing that is followed.
///
/// What `HTTPCaller` promises holds for it: TLS 1.2 or newer with full verification, no redirects, a
/// deadline for the whole exchange, at most 64 KiB of the answer unless told otherwise. No API credential comes near it.
package struct EndpointClient: Sendable {
    private let caller: HTTPCaller

    /// Calls by a caller that others may use too.
    package init(_ caller: HTTPCaller) {
        self.caller = caller
    }

    /// Posts a body, and says what came of it; it never throws and never outlives its time-out.
    ///
    /// `contentType` comes before `headers`, which must not name one then. Cancelling the task ends
    /// the attempt as `interrupted`.
    package func post(
        _ body: [UInt8], to url: EndpointURL, headers: [HTTPHeader] = [],
        contentType: String? = "application/json", timeout: TimeSpan,
        answerLimit: Int = AnswerBody.limit
    ) async -> HTTPReply {
        let type = contentType.map { [HTTPHeader("content-type", $0)] } ?? []
        return await caller.reply(
            to: HTTPCall(
                method: .post, url: url.exposed, address: url, headers: type + headers,
                body: body, timeout: timeout, answerLimit: answerLimit))
    }
}
