internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The `policy` mapping, or the root of a file that holds nothing else.
enum PolicyDecoder {
    private static let supported: Set = ["webhook_hosts", "api_hosts", "max_changes"]
    private static let unsupported: Set = ["env", "files", "history"]

    /// Nil where it has a mistake, so that nothing can be judged by it.
    static func decode(_ node: YAMLNode, into findings: inout Findings) -> Policy? {
        guard !findings.reportNull(node, of: "policy") else { return nil }
        return unlessMistaken(node, named: "'policy'", into: &findings)
    }

    /// The same for the root of a policy file.
    static func decodeFile(_ root: YAMLNode, into findings: inout Findings) -> Policy? {
        unlessMistaken(root, named: "the policy file", into: &findings)
    }

    private static func unlessMistaken(
        _ node: YAMLNode, named place: String, into findings: inout Findings
    ) -> Policy? {
        let before = findings.count
        let policy = policy(node, named: place, into: &findings)
        return findings.count == before ? policy : nil
    }

    private static func policy(
        _ node: YAMLNode, named place: String, into findings: inout Findings
    ) -> Policy? {
        guard
            let (values, _) = MappingReader.entries(
                of: node, named: place, known: supported.union(unsupported), into: &findings)
        else { return nil }
        for name in unsupported.sorted() {
            guard let entry = values[name] else { continue }
            findings.report(
                "not_supported", at: entry.keyRange,
                "'policy.\(name)' is not supported in this version", hint: "leave it out")
        }
        let webhookHosts = values["webhook_hosts"].map {
            hosts($0.value, named: "policy.webhook_hosts", allowsWildcards: true, &findings)
        }
        let apiHosts = values["api_hosts"].map {
            hosts($0.value, named: "policy.api_hosts", allowsWildcards: false, &findings)
        }
        return Policy(
            webhookHosts: webhookHosts, apiHosts: Set((apiHosts ?? []).map(\.name)),
            maxChanges: values["max_changes"].flatMap { maxChanges($0.value, &findings) })
    }

    private static func hosts(
        _ node: YAMLNode, named path: String, allowsWildcards: Bool, _ findings: inout Findings
    ) -> [HostPattern] {
        guard !findings.reportNull(node, of: path) else { return [] }
        guard case .sequence(let elements) = node.content else {
            findings.reportWrongType(
                node, of: "'\(path)'", wanted: "a list of hosts",
                hint: "write [HOST, …]")
            return []
        }
        return elements.compactMap { element in
            guard case .scalar(let scalar) = element.content, !EnvironmentLayer.isTooLong(element),
                scalar.resolved == .string
            else {
                findings.reportWrongType(element, of: "an entry of \(path)", wanted: "a host")
                return nil
            }
            guard let pattern = HostPattern(scalar.text), allowsWildcards || !pattern.isWildcard
            else {
                findings.report(
                    "invalid_host_pattern", at: element.range,
                    "\(path) holds \(quoted(scalar.text)), which is no host",
                    hint: allowsWildcards
                        ? "write a host name, or *.NAME for every host under it"
                        : "write a host name without a scheme, port or wildcard")
                return nil
            }
            return pattern
        }
    }

    private static func maxChanges(_ node: YAMLNode, _ findings: inout Findings) -> ChangeLimit? {
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
