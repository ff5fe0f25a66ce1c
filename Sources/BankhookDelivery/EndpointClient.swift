package import BankConnectAPI
package import BankhookModel

/// Calls webhook endpoints as BankConnect would: a POST of JSON, and nothing that is followed.
///
/// What `HTTPCaller` promises holds for it: TLS 1.2 or newer with full verification, no redirects, a
/// deadline for the whole exchange, at most 64 KiB of the answer. No API credential comes near it.
package struct EndpointClient: Sendable {
    private let caller: HTTPCaller

    /// Calls by a caller that others may use too.
    package init(_ caller: HTTPCaller) {
        self.caller = caller
    }

    /// Posts a body, and says what came of it; it never throws and never outlives its time-out.
    ///
    /// `content-type` is `application/json` where `headers` name none. Cancelling the task ends the
    /// attempt as `interrupted`.
    package func post(
        _ body: [UInt8], to url: EndpointURL, headers: [HTTPHeader] = [], timeout: TimeSpan
    ) async -> HTTPReply {
        let hasType = headers.contains { $0.name.lowercased() == "content-type" }
        return await caller.reply(
            to: HTTPCall(
                method: .post, url: url.exposed, address: url,
                headers: (hasType ? [] : [HTTPHeader("content-type", "application/json")])
                    + headers,
                body: body, timeout: timeout))
    }
}
