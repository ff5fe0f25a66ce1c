internal import BankhookModel

/// Asks BankConnect over HTTPS: what `HTTPCaller` promises holds for it.
package struct BankConnectReader: ReadAPI {
    private let caller: HTTPCaller

    /// Calls by a caller that others may use too.
    package init(_ caller: HTTPCaller) {
        self.caller = caller
    }

    package func read(_ request: ReadRequest) async -> Answer {
        await caller.reply(
            to: HTTPCall(
                method: .get, url: request.url, address: request.baseURL,
                headers: [
                    HTTPHeader("accept", "application/json"),
                    HTTPHeader("server-hash", request.credentials.serverHash.exposed),
                    HTTPHeader("x-api-key", request.credentials.apiKey.exposed),
                ], timeout: request.timeout,
                certificateAuthorityFile: request.certificateAuthorityFile,
                answerLimit: ReadRequest.answerLimit + 1)
        ).answer
    }
}
