package import BankConnectAPI
package import BankhookModel

/// An endpoint that is to be tried.
package struct ProbeTarget: Sendable {
    /// Nil for a URL that stands in no configuration.
    package let environment: EnvironmentName?
    package let url: EndpointURL
    package let flow: Flow
    /// What its receiver wants beside the payload; as secret as credentials.
    package let headers: [HTTPHeader]
    /// For each payload.
    package let timeout: TimeSpan

    package init(
        environment: EnvironmentName?, url: EndpointURL, flow: Flow, headers: [HTTPHeader],
        timeout: TimeSpan
    ) {
        self.environment = environment
        self.url = url
        self.flow = flow
        self.headers = headers
        self.timeout = timeout
    }
}
