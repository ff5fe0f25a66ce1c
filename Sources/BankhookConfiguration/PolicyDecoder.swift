internal import BankhookModel
internal import SourceText
internal import SystemCalls
internal import YAMLSyntax

/// The `policy` mapping, or the root of a file that holds nothing else.
enum PolicyDecoder {
    private static let keys: Vocabulary = [
        "webhook_hosts", "api_hosts", "max_changes", "env", "files", "history",
    ]

    /// Nil where it has a mistake, so that nothing can be judged by it.
    static func decode(_ node: YAMLNode, into findings: Findings) -> PolicyRules? {
        guard !findings.reportNull(node, of: "policy") else { return nil }
        return unlessMistaken(node, named: "'policy'", into: findings) {
            findings.file.path(relative: $0)
        }
    }

    /// The same for the root of a policy file. Its folders are shown as absolute ones: they are not
    /// relative to the configuration.
    static func decodeFile(_ root: YAMLNode, into findings: Findings) -> PolicyRules? {
        let directory = workingDirectory()
        return unlessMistaken(root, named: "the policy file", into: findings) { written in
            let folder = findings.file.path(relative: written)
            let path = NormalizedPath(folder.path, from: directory)
            return path.map { ReferencedPath(written: $0.text, path: $0.text) } ?? folder
        }
    }

    private static func unlessMistaken(
        _ node: YAMLNode, named place: String, into findings: Findings,
        folder: (String) -> ReferencedPath
    ) -> PolicyRules? {
        let before = findings.count
        let rules = rules(node, named: place, into: findings, folder: folder)
        return findings.count == before ? rules : nil
    }

    private static func rules(
        _ node: YAMLNode, named place: String, into findings: Findings,
        folder: (String) -> ReferencedPath
    ) -> PolicyRules? {
        guard
            let (values, _) = MappingReader.entries(
                of: node, named: place, known: keys, into: findings)
        else { return nil }
        let apiHosts = hosts(values, "api_hosts", allowsWildcards: false, findings)
        let folders = folders(values, findings)
        let policy = Policy(
            webhookHosts: hosts(values, "webhook_hosts", allowsWildcards: true, findings),
            apiHosts: Set((apiHosts ?? []).map(\.name)),
            maxChanges: values["max_changes"].flatMap { maxChanges($0.value, findings) },
            variables: variables(values, findings),
            folders: folders.map {
                FolderRule($0.map(folder), workingDirectory: workingDirectory())
            },
            history: values["history"].flatMap { history($0.value, findings) } ?? .warn)
        return PolicyRules(policy, fields: values, in: findings.file)
    }

    /// The elements of a list of strings that are what they must be; nil where there is no list.
    private static func list<Element>(
        _ values: [String: YAMLMapping.Entry], _ name: String, of kind: (one: String, many: String),
        _ findings: Findings, _ element: (String, SourceRange) -> Element?
    ) -> [Element]? {
        guard let node = values[name]?.value else { return nil }
        let path = "policy.\(name)"
        guard !findings.reportNull(node, of: path) else { return [] }
        guard case .sequence(let elements) = node.content else {
            findings.reportWrongType(
                node, of: "'\(path)'", wanted: "a list of \(kind.many)", hint: "write [ONE, …]")
            return []
        }
        return elements.compactMap { node in
            guard case .scalar(let scalar) = node.content, !EnvironmentLayer.isTooLong(node),
                scalar.resolved == .string
            else {
                findings.reportWrongType(node, of: "an entry of \(path)", wanted: kind.one)
                return nil
            }
            return element(scalar.text, node.range)
        }
    }

    private static func hosts(
        _ values: [String: YAMLMapping.Entry], _ name: String, allowsWildcards: Bool,
        _ findings: Findings
    ) -> [HostPattern]? {
        list(values, name, of: ("a host", "hosts"), findings) { text, range in
            guard let pattern = HostPattern(text), allowsWildcards || !pattern.isWildcard else {
                findings.report(
                    "invalid_host_pattern", at: range,
                    "policy.\(name) holds \(quoted(text)), which is no host",
                    hint: allowsWildcards
                        ? "write a host name, or *.NAME for every host under it"
                        : "write a host name without a scheme, port or wildcard")
                return nil
            }
            return pattern
        }
    }

    private static func variables(
        _ values: [String: YAMLMapping.Entry], _ findings: Findings
    ) -> [NamePattern]? {
        list(values, "env", of: ("a pattern", "patterns"), findings) { text, range in
            guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy(isInVariablePattern)
            else {
                findings.report(
                    "invalid_variable_pattern", at: range,
                    "policy.env holds \(quoted(text)), which no variable's name can match",
                    hint: "use A-Z, a-z, 0-9 and _, and *, ? or [...] for what varies")
                return nil
            }
            return NamePattern(text)
        }
    }

    private static func isInVariablePattern(_ byte: UInt8) -> Bool {
        byte.isUnreservedInURL ? !".~".utf8.contains(byte) : "*?[]!^".utf8.contains(byte)
    }

    private static func folders(
        _ values: [String: YAMLMapping.Entry], _ findings: Findings
    ) -> [String]? {
        list(values, "files", of: ("a folder", "folders"), findings) { text, range in
            guard !text.isEmpty, !text.contains("{"), !text.contains("}") else {
                findings.report(
                    "invalid_path", at: range,
                    text.isEmpty
                        ? "an entry of policy.files is empty"
                        : "an entry of policy.files holds a placeholder that nothing fills",
                    hint: "name a folder; whatever stands under it is allowed")
                return nil
            }
            return text
        }
    }

    private static func history(_ node: YAMLNode, _ findings: Findings) -> Policy.History? {
        guard
            !findings.reportNull(node, of: "policy.history", hint: "write 'warn' to switch it off")
        else { return nil }
        if case .refused = node.content { return nil }
        guard case .scalar(let scalar) = node.content, scalar.resolved == .string,
            let history = Policy.History(rawValue: scalar.text)
        else {
            findings.report(
                "invalid_history", at: node.range, "policy.history must be warn or require",
                hint: "write require to make a rollback check that could not look an error")
            return nil
        }
        return history
    }

    private static func maxChanges(_ node: YAMLNode, _ findings: Findings) -> ChangeLimit? {
        guard !findings.reportNull(node, of: "policy.max_changes") else { return nil }
        if case .refused = node.content { return nil }
        guard case .scalar(let scalar) = node.content,
            let limit = ChangeLimit(scalar.text), scalar.isPlain || scalar.text.hasSuffix("%")
        else {
            findings.report(
                "invalid_max_changes", at: node.range,
                "policy.max_changes must be a count or a percentage of 0% to 100%",
                hint: "write 5 (a number without quotes), or 30%")
            return nil
        }
        return limit
    }
}
