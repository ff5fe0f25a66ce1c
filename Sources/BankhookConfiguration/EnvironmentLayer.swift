internal import SourceText
internal import YAMLSyntax

/// The fields of one environment, or those of `defaults`, before they are merged.
struct EnvironmentLayer {
    let values: [String: YAMLMapping.Entry]
    /// Fields that a misspelt key was meant to set.
    let misspelt: Set<String>
    let isDefaults: Bool

    /// A layer that sets nothing.
    static let empty = EnvironmentLayer()

    private init() {
        values = [:]
        misspelt = []
        isDefaults = false
    }

    /// Nil where the node is no mapping, which is reported.
    init?(
        _ node: YAMLNode, named place: String, isDefaults: Bool, into findings: inout Findings
    ) {
        guard
            let (values, misspelt) = MappingReader.entries(
                of: node, named: place, known: EnvironmentField.names, into: &findings)
        else { return nil }
        self.values = values
        self.misspelt = misspelt
        self.isDefaults = isDefaults
        for field in EnvironmentField.allCases where !field.isSupported {
            guard let entry = values[field.rawValue] else { continue }
            findings.report(
                "not_supported", at: entry.keyRange,
                "'\(field.rawValue)' is not supported in this version", hint: "leave it out")
        }
    }
}
