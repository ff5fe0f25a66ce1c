/// What the configuration may not do, whoever edits it (specification, section 2, "Policy").
package struct Policy: Sendable {
    /// Patterns that every `webhook_url` must match; nil allows all, an empty list none.
    package let webhookHosts: [HostPattern]?
    /// Hosts beside the known ones that may be sent credentials, in lower case.
    package let apiHosts: Set<String>
    package let maxChanges: ChangeLimit?

    package init(webhookHosts: [HostPattern]?, apiHosts: Set<String>, maxChanges: ChangeLimit?) {
        self.webhookHosts = webhookHosts
        self.apiHosts = apiHosts
        self.maxChanges = maxChanges
    }

    /// A configuration without a policy.
    package static let none = Policy(webhookHosts: nil, apiHosts: [], maxChanges: nil)

    package func allowsWebhook(to host: URLHost) -> Bool {
        webhookHosts?.contains { $0.matches(host) } ?? true
    }

    package func allowsCredentials(to baseURL: BaseURL) -> Bool {
        baseURL.isKnown || apiHosts.contains(baseURL.host.nameForMatching)
    }
}
