internal import SourceText
internal import YAMLSyntax

/// One file of a configuration, as far as it can be read without the others.
struct ConfigurationPart {
    private static let parts = ["defaults", "policy", "state", "environments"]
    private static let keys = Vocabulary(["version"] + parts)

    let findings: Findings
    private let values: [String: YAMLMapping.Entry]
    private let misspelt: Set<String>
    /// Whether its root is a mapping; else nobody can tell what the file was meant to hold.
    let isReadable: Bool

    /// Reports what is wrong with the root and its keys.
    init(_ document: Document) {
        findings = document.findings
        let entries = document.root.flatMap {
            MappingReader.entries(
                of: $0, named: "the file", known: ConfigurationPart.keys,
                ignoring: { $0.hasPrefix("x-") }, into: document.findings)
        }
        isReadable = entries != nil
        values = entries?.values ?? [:]
        misspelt = entries?.misspelt ?? []
        if isReadable { checkVersion() }
    }

    /// A key of the root with its value.
    subscript(key: String) -> YAMLMapping.Entry? { values[key] }

    /// Whether the file may have been meant to hold a key that it does not hold.
    func mayHold(_ key: String) -> Bool {
        !isReadable || misspelt.contains(key)
    }

    /// Whether a readable file says nothing, and was not meant to either.
    var isIdle: Bool {
        ConfigurationPart.parts.allSatisfy {
            values[$0] == nil && !mayHold($0)
        }
    }

    private func checkVersion() {
        guard let entry = values["version"] else {
            guard !mayHold("version") else { return }
            findings.report(
                "missing_field", about: "version", at: SourceRange(at: .start),
                "the file has no 'version'",
                hint: "write version: 1")
            return
        }
        guard case .scalar(let scalar) = entry.value.content, scalar.resolved == .integer else {
            findings.reportWrongType(
                entry.value, of: "'version'", wanted: "the number 1", hint: "write version: 1")
            return
        }
        guard scalar.text == "1" else {
            findings.report(
                "unknown_version", at: entry.value.range,
                "unknown version \(quoted(scalar.text))", hint: "this bankhook reads version 1")
            return
        }
    }
}
