/// What the configuration may not do, whoever edits it (specification, section 2, "Policy").
package struct Policy: Equatable, Sendable {
    /// Patterns that every `webhook_url` must match; nil allows all, an empty list none.
    package let webhookHosts: [HostPattern]?
    /// Hosts beside the known ones that may be sent credentials, in lower case.
    package let apiHosts: Set<String>
    package let maxChanges: ChangeLimit?
    /// Patterns for the variables that secrets may be taken from; nil allows all.
    package let variables: [NamePattern]?
    /// The folders of the files that secrets may be taken from; nil allows all.
    package let folders: FolderRule?
    package let history: History

    /// What a rollback check that could not look comes to.
    package enum History: String, Sendable, CaseIterable {
        case warn, require
    }

    package init(
        webhookHosts: [HostPattern]?, apiHosts: Set<String>, maxChanges: ChangeLimit?,
        variables: [NamePattern]? = nil, folders: FolderRule? = nil, history: History = .warn
    ) {
        self.webhookHosts = webhookHosts
        self.apiHosts = apiHosts
        self.maxChanges = maxChanges
        self.variables = variables
        self.folders = folders
        self.history = history
    }

    /// A configuration without a policy.
    package static let none = Policy(webhookHosts: nil, apiHosts: [], maxChanges: nil)

    package func allowsWebhook(to host: URLHost) -> Bool {
        webhookHosts?.contains { $0.matches(host) } ?? true
    }

    package func allowsCredentials(to baseURL: BaseURL) -> Bool {
        baseURL.isKnown || apiHosts.contains(baseURL.host.nameForMatching)
    }

    package func allowsVariable(_ name: String) -> Bool {
        variables?.contains { $0.matches(name) } ?? true
    }

    package func allowsFile(_ path: ReferencedPath) -> Bool {
        folders?.allows(path.path) ?? true
    }
}
