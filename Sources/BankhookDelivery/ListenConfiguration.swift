package import BankhookModel

/// Where `listen` listens, and what it does with what comes.
package struct ListenConfiguration: Sendable {
    /// Who gets a payload before it is answered.
    package struct Forward: Sendable {
        package let url: EndpointURL
        package let client: EndpointClient
        /// For the target's whole answer.
        package let timeout: TimeSpan

        package init(url: EndpointURL, client: EndpointClient, timeout: TimeSpan) {
            self.url = url
            self.client = client
            self.timeout = timeout
        }
    }

    package let host: String
    /// 0 picks a free one.
    package let port: Int
    /// What is answered where nobody else is asked.
    package let status: Int
    /// How long every answer waits.
    package let delay: Duration
    package let forward: Forward?
    package let receipts: ReceiptsFile?
    /// How long answers that are on their way may take once it is told to end.
    package let grace: Duration

    package init(
        host: String = "127.0.0.1", port: Int = 8080, status: Int = 200, delay: Duration = .zero,
        forward: Forward? = nil, receipts: ReceiptsFile? = nil, grace: Duration = .seconds(5)
    ) {
        self.host = host
        self.port = port
        self.status = status
        self.delay = delay
        self.forward = forward
        self.receipts = receipts
        self.grace = grace
    }
}
