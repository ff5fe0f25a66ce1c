import SourceText

/// A finished node with what the limits need to know of it.
struct ComposedNode {
    let node: YAMLNode
    /// Where it was written: for an alias the alias, not its node.
    let place: SourceRange
    /// How many nodes it is made of, keys included.
    var weight = 1
    /// How many levels of sequences and mappings it has.
    var levels = 0
    /// Whether all its text stands elsewhere: an alias, or a sequence of aliases.
    var isReference = false
}

extension ComposedNode {
    /// A stand-in for something that was refused.
    init(refusedAt place: SourceRange) {
        self.init(node: YAMLNode(range: place, content: .refused), place: place)
    }
}
