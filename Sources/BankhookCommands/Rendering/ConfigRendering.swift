internal import BankhookConfiguration
internal import BankhookModel
internal import SourceText

/// The effective configuration as a configuration file: it can be pasted back.
struct ConfigRendering {
    private let configuration: Configuration
    private let policyPath: String?

    /// `policyPath` is the file that the policy came from, where it has one of its own.
    init(_ configuration: Configuration, policyPath: String?) {
        self.configuration = configuration
        self.policyPath = policyPath
    }

    /// Policy, state, then a block for each environment.
    var text: String {
        var blocks = [["version: 1"], policy, state]
        if configuration.environments.isEmpty {
            blocks.append(["environments: {}"])
        } else {
            let environments = configuration.environments.map(lines)
            blocks.append(["environments:"] + (environments.first ?? []))
            blocks += environments.dropFirst()
        }
        return blocks.map { $0.map { "\($0)\n" }.joined() }.joined(separator: "\n")
    }

    private var policy: [String] {
        let policy = configuration.policy
        let source = policyPath.map { "  # from \(PrintableText($0))" } ?? ""
        return [
            "policy:\(source)",
            policy.webhookHosts.map { "  webhook_hosts: \(list($0.map(\.text).sorted()))" }
                ?? "  # webhook_hosts: all",
            "  api_hosts: \(list(policy.apiHosts.sorted()))",
            policy.maxChanges.map { "  max_changes: \($0)" } ?? "  # max_changes: no limit",
            policy.variables.map { "  env: \(list($0.map(\.text)))" } ?? "  # env: all",
            policy.folders.map { "  files: \(list($0.texts))" } ?? "  # files: all",
            "  history: \(policy.history.rawValue)",
        ]
    }

    private func list(_ texts: [String]) -> String {
        "[\(texts.map(YAMLText.flow).joined(separator: ", "))]"
    }

    private var state: [String] {
        guard let branch = configuration.stateBranch else {
            return [
                "state:", "  directory: \(YAMLText.block(configuration.stateDirectory.written))",
            ]
        }
        return [
            "state:", "  git:", "    remote: \(YAMLText.block(branch.shownRemote))",
            "    branch: \(YAMLText.block(branch.branch))",
            "    path: \(YAMLText.block(branch.path.isEmpty ? "." : branch.path))",
            "    lease: \(branch.lease)",
        ]
    }

    private func lines(of environment: Environment) -> [String] {
        let registration = environment.registration
        let head = "  \(YAMLText.block(environment.name.text)):"
        let secrets = environment.sortedSecrets
        var fields = [
            "webhook_url: \(YAMLText.block(registration.webhookURL.text))",
            "webhook_mode: \(registration.mode.word)",
            "flow: \(registration.flow.rawValue)",
            "base_url: \(YAMLText.block(registration.baseURL.canonical))",
            "credentials:",
            "  api_key: \(reference(environment.credentials.apiKey))",
            "  server_hash: \(reference(environment.credentials.serverHash))",
            secrets.isEmpty ? "webhook_secrets: {}" : "webhook_secrets:",
        ]
        fields += secrets.map { "  \(YAMLText.block($0.name)): \(reference($0.reference))" }
        let headers = environment.sortedProbeHeaders
        fields += [
            "protected: \(environment.isProtected)",
            "probe: \(environment.probe.rawValue)",
            headers.isEmpty ? "probe_headers: {}" : "probe_headers:",
        ]
        fields += headers.map { "  \(YAMLText.block($0.name)): \(reference($0.reference))" }
        fields += [
            "reassert_after: \(environment.reassertAfter?.text ?? "never")",
            "timeout: \(environment.timeout)",
            "ca_file: "
                + (environment.certificateAuthorityFile.map { YAMLText.block($0.written) }
                    ?? "none"),
        ]
        return [head] + fields.map { "    \($0)" }
    }

    private func reference(_ reference: SecretReference) -> String {
        "{ \(reference.kind): \(YAMLText.flow(reference.shownName)) }"
    }
}
