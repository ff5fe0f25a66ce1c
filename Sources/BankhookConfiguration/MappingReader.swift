internal import SourceText
internal import YAMLSyntax

/// Checks the keys of a mapping against those that may stand there.
enum MappingReader {
    /// The entries by the key they stand for. An unknown key with a suggestion counts as that key,
    /// with no value: it is not reported as missing too.
    static func entries(
        of node: YAMLNode, named place: String, known: Set<String>, hidesKeys: Bool = false,
        into findings: inout Findings
    ) -> (values: [String: YAMLMapping.Entry], misspelt: Set<String>)? {
        guard case .mapping(let mapping) = node.content else {
            findings.reportWrongType(node, of: place, wanted: "a mapping")
            return nil
        }
        var values = [String: YAMLMapping.Entry]()
        var misspelt = Set<String>()
        for entry in mapping.entries {
            if known.contains(entry.key) {
                values[entry.key] = entry
            } else if let meant = reportUnknown(
                entry, known: known, hidesKey: hidesKeys, into: &findings)
            {
                misspelt.insert(meant)
            }
        }
        return (values, misspelt)
    }

    private static func reportUnknown(
        _ entry: YAMLMapping.Entry, known: Set<String>, hidesKey: Bool,
        into findings: inout Findings
    ) -> String? {
        let meant = Suggestion.nearest(to: entry.key, among: known)
        let belongsElsewhere = ["api_key", "server_hash"].contains(entry.key)
        let hint =
            meant.map { "did you mean '\($0)'?" }
            ?? (belongsElsewhere ? "it belongs under 'credentials'" : nil)
            ?? "known here: \(known.sorted().joined(separator: ", "))"
        let shown = hidesKey && meant == nil ? Excerpt.redacted : quoted(entry.key)
        findings.report("unknown_key", at: entry.keyRange, "unknown key \(shown)", hint: hint)
        return meant
    }
}
