/// What BankConnect keeps one registration for: two values at a host, under a flow.
package struct Account: Hashable, Sendable {
    package let baseURL: BaseURL
    package let flow: Flow
    package let credentials: Credentials

    /// The account that a registration is sent to.
    package init(of registration: Registration, _ credentials: Credentials) {
        baseURL = registration.baseURL
        flow = registration.flow
        self.credentials = credentials
    }

    /// As a record of this lineage names it.
    package func fingerprint(_ lineage: Lineage) -> Fingerprint {
        .account(baseURL: baseURL, flow: flow, credentials: credentials, lineage: lineage)
    }
}
