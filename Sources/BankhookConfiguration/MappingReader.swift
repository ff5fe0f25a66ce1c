internal import SourceText
internal import YAMLSyntax

/// Checks the keys of a mapping against those that may stand there.
enum MappingReader {
    /// The entries by the key they stand for. An unknown key with a suggestion counts as that key,
    /// with no value: it is not reported as missing too.
    ///
    /// A key that `ignores` takes may be there and says nothing.
    static func entries(
        of node: YAMLNode, named place: @autoclosure () -> String, known: Vocabulary,
        hidesKeys: Bool = false,
        ignoring ignores: (String) -> Bool = { _ in false }, into findings: Findings
    ) -> (values: [String: YAMLMapping.Entry], misspelt: Set<String>)? {
        guard case .mapping(let mapping) = node.content else {
            let isTight = node.tightKey.map { known.contains($0) } ?? false
            findings.reportWrongType(
                node, of: place(), wanted: "a mapping", hint: isTight ? SyntaxHint.colon : nil)
            return nil
        }
        var values = [String: YAMLMapping.Entry]()
        var misspelt = Set<String>()
        for entry in mapping.entries {
            if known.contains(entry.key) {
                values[entry.key] = entry
            } else if !ignores(entry.key),
                let meant = reportUnknown(
                    entry, known: known, hidesKey: hidesKeys, into: findings)
            {
                misspelt.insert(meant)
            }
        }
        return (values, misspelt)
    }

    private static func reportUnknown(
        _ entry: YAMLMapping.Entry, known: Vocabulary, hidesKey: Bool,
        into findings: Findings
    ) -> String? {
        let tight = YAMLNode.tightKey(in: entry.key).flatMap { known.contains($0) ? $0 : nil }
        let meant = tight ?? known.nearest(to: entry.key)
        // What follows the colon is a value: it may be anything.
        let isHidden =
            hidesKey && (meant == nil || tight != nil)
            || meant == nil && SecretValueRanges.mayBeSecret(entry.key)
            || SecretValueRanges.holdsTightSecret(entry.key)
        findings.report(
            "unknown_key", at: entry.keyRange,
            "unknown key \(isHidden ? Excerpt.redacted : quoted(entry.key))",
            hint: (tight == nil
                ? hint(for: entry.key, meant: meant, known: known) : SyntaxHint.colon)
                + (isHidden ? "; if this was a real key, rotate it" : ""))
        return meant
    }

    private static func hint(for key: String, meant: String?, known: Vocabulary) -> String {
        if let meant { return "did you mean '\(meant)'?" }
        if EnvironmentField.names.contains(key) {
            return "it belongs in an environment, or in 'defaults'"
        }
        if SecretValueRanges.isSecretKey(key) {
            return "secrets are named under 'credentials' or 'webhook_secrets'; if this was a real "
                + "key, rotate it"
        }
        return "known here: \(known.list)"
    }
}
