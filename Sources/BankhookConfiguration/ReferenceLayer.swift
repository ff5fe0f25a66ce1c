internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The references that a layer holds under `credentials`, `webhook_secrets` or `probe_headers`, with
/// the keys checked and the values not yet.
struct ReferenceLayer {
    let entries: [String: YAMLMapping.Entry]
    /// Names that a misspelt key was meant to set.
    let misspelt: Set<String>
    /// Whether it is a mapping, so that a name that is not in it is missing.
    let isUsable: Bool

    private static let credentialKeys: Vocabulary = ["api_key", "server_hash"]

    /// A layer without references.
    static let empty = ReferenceLayer(entries: [:], misspelt: [], isUsable: true)
    private static let unusable = ReferenceLayer(entries: [:], misspelt: [], isUsable: false)

    /// The two references of an account.
    static func credentials(_ node: YAMLNode?, into findings: Findings) -> ReferenceLayer {
        guard let node else { return .empty }
        guard isMapping(node, named: "credentials", into: findings),
            let (values, misspelt) = MappingReader.entries(
                of: node, named: "'credentials'", known: ReferenceLayer.credentialKeys,
                hidesKeys: true, into: findings)
        else { return .unusable }
        return ReferenceLayer(entries: values, misspelt: misspelt, isUsable: true)
    }

    /// The references by placeholder name.
    static func webhookSecrets(_ node: YAMLNode?, into findings: Findings)
        -> ReferenceLayer
    {
        guard let node else { return .empty }
        guard isMapping(node, named: "webhook_secrets", into: findings),
            case .mapping(let mapping) = node.content
        else { return .unusable }
        var entries = [String: YAMLMapping.Entry]()
        for entry in mapping.entries {
            guard WebhookURL.isPlaceholderName(entry.key), entry.key.utf8.count <= 64,
                entry.key != "environment"
            else {
                findings.report(
                    "invalid_placeholder_name", at: entry.keyRange,
                    "a name under webhook_secrets is no placeholder name",
                    hint: "use [a-z][a-z0-9_]*, at most 64, and not 'environment'; if this was a "
                        + "real key, rotate it")
                continue
            }
            entries[entry.key] = entry
        }
        return ReferenceLayer(entries: entries, misspelt: [], isUsable: true)
    }

    /// The references by the header's name in lower case: that is how headers are told apart.
    static func probeHeaders(_ node: YAMLNode?, into findings: Findings) -> ReferenceLayer {
        guard let node else { return .empty }
        guard isMapping(node, named: "probe_headers", into: findings),
            case .mapping(let mapping) = node.content
        else { return .unusable }
        var entries = [String: YAMLMapping.Entry]()
        for entry in mapping.entries {
            guard HeaderName.isToken(entry.key) else {
                findings.report(
                    "invalid_header_name", at: entry.keyRange,
                    "a name under probe_headers is no name of a header",
                    hint: "use letters, digits and -, at most 64; if this was a real key, rotate it"
                )
                continue
            }
            let name = entry.key.lowercased()
            guard !HeaderName.isReserved(name) else {
                findings.report(
                    "reserved_header", at: entry.keyRange,
                    "probe_headers holds \(SecretValueRanges.shownHeader(name)), which every probe sets itself",
                    hint: "leave it out")
                continue
            }
            guard entries[name] == nil else {
                findings.report(
                    "header_twice", at: entry.keyRange,
                    "a header stands under probe_headers twice, in other letters",
                    hint: "upper and lower case make no difference: leave one out")
                continue
            }
            entries[name] = entry
        }
        return ReferenceLayer(entries: entries, misspelt: [], isUsable: true)
    }

    private static func isMapping(
        _ node: YAMLNode, named path: String, into findings: Findings
    ) -> Bool {
        guard !findings.reportNull(node, of: path) else { return false }
        switch node.content {
        case .mapping: return true
        case .refused: return false
        case .scalar, .sequence:
            findings.report(
                "literal_secret", at: node.range, "'\(path)' must be a mapping of references",
                hint: "if this was a real key, rotate it")
            return false
        }
    }
}
