internal import BankhookConfiguration
internal import BankhookModel
internal import JSONSyntax

/// The effective configuration as data: every key present, null for what is off.
enum ConfigJSON {
    static func text(_ configuration: Configuration) -> String {
        JSONOutput.text([
            "environments": .object(
                configuration.environments.map { .init(key: $0.name.text, value: environment($0)) }),
            "format_version": .integer(1),
            "policy": policy(configuration.policy),
            "state": state(configuration),
        ])
    }

    private static func state(_ configuration: Configuration) -> JSONValue {
        guard let branch = configuration.stateBranch else {
            return ["directory": .string(configuration.stateDirectory.written)]
        }
        return [
            "git": [
                "branch": .string(branch.branch), "lease": .string(branch.lease.text),
                "path": .string(branch.path.isEmpty ? "." : branch.path),
                "remote": .string(branch.shownRemote),
            ]
        ]
    }

    private static func environment(_ environment: Environment) -> JSONValue {
        let registration = environment.registration
        return [
            "base_url": .string(registration.baseURL.canonical),
            "ca_file": .optional(environment.certificateAuthorityFile?.written),
            "credentials": [
                "api_key": reference(environment.credentials.apiKey),
                "server_hash": reference(environment.credentials.serverHash),
            ],
            "flow": .string(registration.flow.rawValue),
            "probe": .string(environment.probe.rawValue),
            "probe_headers": .object(
                environment.sortedProbeHeaders.map {
                    .init(key: $0.name, value: reference($0.reference))
                }),
            "protected": .bool(environment.isProtected),
            "reassert_after": .optional(environment.reassertAfter?.text),
            "timeout": .string(environment.timeout.text),
            "webhook_mode": .integer(registration.mode.rawValue),
            "webhook_secrets": .object(
                environment.sortedSecrets.map {
                    .init(key: $0.name, value: reference($0.reference))
                }),
            "webhook_url": .string(registration.webhookURL.text),
        ]
    }

    private static func reference(_ reference: SecretReference) -> JSONValue {
        .object([.init(key: reference.kind, value: .string(reference.shownName))])
    }

    private static func policy(_ policy: Policy) -> JSONValue {
        [
            "api_hosts": texts(policy.apiHosts.sorted()),
            "env": policy.variables.map { texts($0.map(\.text)) } ?? .null,
            "files": policy.folders.map { texts($0.texts) } ?? .null,
            "history": .string(policy.history.rawValue),
            "max_changes": policy.maxChanges.map(limit) ?? .null,
            "webhook_hosts": policy.webhookHosts.map { texts($0.map(\.text).sorted()) } ?? .null,
        ]
    }

    private static func texts(_ texts: [String]) -> JSONValue {
        .array(texts.map(JSONValue.string))
    }

    /// As the configuration has it: a number, or a percentage in a string.
    private static func limit(_ limit: ChangeLimit) -> JSONValue {
        switch limit {
        case .count(let count): .integer(count)
        case .percentage: .string("\(limit)")
        }
    }
}
