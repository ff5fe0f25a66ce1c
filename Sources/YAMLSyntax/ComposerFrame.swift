import SourceText

/// A sequence or mapping whose end has not been read yet.
struct ComposerFrame {
    let start: SourceRange
    let isFlow: Bool
    let isMapping: Bool
    let anchor: String?
    /// The nodes of a sequence so far.
    private var nodes: [YAMLNode] = []
    /// The entries of a mapping so far.
    var mapping = MappingBuilder()
    private var weight = 1
    private var innerLevels = 0
    private var holdsOnlyReferences = true
    private var end: Position

    init(_ event: YAMLEvent, isMapping: Bool) {
        start = event.range
        isFlow = event.isFlow
        anchor = event.anchor
        self.isMapping = isMapping
        end = event.range.end
    }

    /// Whether a mapping waits for a key.
    var expectsKey: Bool { isMapping && mapping.expectsKey }

    /// Counts a child, key or value, towards the limits.
    mutating func count(_ child: ComposedNode, levels: Int) {
        weight += child.weight
        innerLevels = max(innerLevels, levels)
        end = max(end, child.place.end)
        holdsOnlyReferences = holdsOnlyReferences && child.isReference
    }

    /// Appends a node to a sequence.
    mutating func append(_ child: ComposedNode) {
        count(child, levels: child.levels)
        nodes.append(child.node)
    }

    /// The finished node, when its end has been read at `mark`.
    ///
    /// libyaml sees the end of a block only at the next token, behind blank lines and comments, so
    /// that a block ends with its last child.
    consuming func finished(at mark: Position) -> ComposedNode {
        let range = SourceRange(start: start.start, end: isFlow ? mark : end)
        let isReference = !isMapping && holdsOnlyReferences && !nodes.isEmpty
        let levels = innerLevels + 1
        let weight = weight
        let content: YAMLNode.Content =
            isMapping ? .mapping(mapping.finished()) : .sequence(nodes)
        return ComposedNode(
            node: YAMLNode(range: range, content: content), place: range, weight: weight,
            levels: levels, isReference: isReference)
    }
}
