internal import YAMLSyntax

/// A value and the layer that it came from: only strings in `defaults` may name the environment.
struct Sourced {
    let entry: YAMLMapping.Entry
    let isDefaults: Bool

    var node: YAMLNode { entry.value }
}
