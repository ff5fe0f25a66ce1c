internal import SourceText
internal import YAMLSyntax

/// A value and the layer that it came from: only strings in `defaults` may name the environment,
/// and its mistakes and relative paths belong to the layer's file.
struct Sourced {
    let entry: YAMLMapping.Entry
    let isDefaults: Bool
    let findings: Findings

    var node: YAMLNode { entry.value }

    /// The value of another entry of the same layer.
    func with(_ entry: YAMLMapping.Entry) -> Sourced {
        Sourced(entry: entry, isDefaults: isDefaults, findings: findings)
    }
}
