package import BankhookModel

/// One request over HTTP, bounded on every side.
package struct HTTPCall: Sendable {
    package enum Method: Sendable { case get, post }

    package let method: Method
    /// With whatever secrets it holds: it is never shown.
    package let url: String
    /// Whom the URL calls.
    package let address: any NetworkAddress
    /// All of them, `user-agent` excepted, which the caller adds where none is named.
    package let headers: [HTTPHeader]
    package let body: [UInt8]
    /// For the whole exchange.
    package let timeout: TimeSpan
    /// Trust roots that hold for this call beside the caller's.
    package let certificateAuthorityFile: String?
    /// How much of the answer's body is read, in bytes.
    package let answerLimit: Int

    package init(
        method: Method, url: String, address: any NetworkAddress, headers: [HTTPHeader],
        body: [UInt8] = [], timeout: TimeSpan, certificateAuthorityFile: String? = nil,
        answerLimit: Int = AnswerBody.limit
    ) {
        self.method = method
        self.url = url
        self.address = address
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.certificateAuthorityFile = certificateAuthorityFile
        self.answerLimit = answerLimit
    }
}
