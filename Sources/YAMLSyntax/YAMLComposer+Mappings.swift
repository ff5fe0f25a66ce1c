import SourceText

extension YAMLComposer {
    /// Takes a node as the next key of the innermost mapping.
    mutating func acceptKey(_ item: ComposedNode) {
        let top = frames.count - 1
        frames[top].count(item, levels: item.levels)
        var text: String?
        var isMerge = false
        switch item.node.content {
        case .scalar(let scalar):
            text = scalar.text
            isMerge = scalar.isPlain && scalar.text == "<<" && !item.isReference
        case .sequence, .mapping:
            findings.report(
                .key, at: SourceRange(at: item.place.start), "a key has to be a single value")
        case .refused: break
        }
        let key = MappingBuilder.Key(text: text, range: item.place, isMerge: isMerge)
        frames[top].mapping.begin(key)
    }

    /// Takes a node as the value of the key before it.
    mutating func acceptValue(_ item: ComposedNode) {
        let top = frames.count - 1
        guard let key = frames[top].mapping.takeKey() else { return }
        frames[top].count(item, levels: key.isMerge ? item.levelsWhenMerged : item.levels)
        let entry = YAMLMapping.Entry(
            key: key.text ?? "", keyRange: key.range, value: item.node)
        guard let text = key.text else {
            setAside(entry, with: item)
            return
        }
        if key.isMerge {
            merge(item, under: entry)
        } else if let first = frames[top].mapping.keyRange(of: text) {
            refuseDuplicate(entry, with: item, of: first)
        } else {
            frames[top].mapping.append(entry)
        }
    }

    /// Merges the value of a `<<` into the innermost mapping.
    private mutating func merge(_ item: ComposedNode, under entry: YAMLMapping.Entry) {
        let top = frames.count - 1
        if let first = frames[top].mapping.mergeKey {
            refuseDuplicate(entry, with: item, of: first)
            return
        }
        var sources: [YAMLMapping] = []
        switch item.node.content {
        case .mapping(let mapping): sources = [mapping]
        case .sequence(let nodes):
            for node in nodes {
                if case .mapping(let mapping) = node.content {
                    sources.append(mapping)
                } else if !node.isRefused {
                    refuseMerge(at: item.isReference ? item.place : node.range)
                }
            }
        case .scalar: refuseMerge(at: item.place)
        case .refused: break
        }
        frames[top].mapping.merge(sources, at: entry.keyRange)
        setAside(entry, with: item)
        // What aliases add is counted with them; of what is written out, the merge makes copies.
        if !item.isReference { addedNodes += sources.reduce(0) { $0 + $1.entries.count } }
    }

    private mutating func refuseMerge(at place: SourceRange) {
        findings.report(
            .merge, at: place, "the value of '<<' has to be a mapping or a list of mappings")
    }

    private mutating func refuseDuplicate(
        _ entry: YAMLMapping.Entry, with item: ComposedNode, of first: SourceRange
    ) {
        // Beyond the last mistake that is shown nobody needs to know what to redact.
        if !findings.isFull { setAside(entry, with: item) }
        findings.report(
            .duplicateKey, at: entry.keyRange,
            "the key '\(PrintableText(entry.key, limit: 64))' is repeated",
            note: ("it is first written here", first))
    }

    /// Keeps an entry that counts for nothing, unless its text stands elsewhere in the tree.
    private mutating func setAside(_ entry: YAMLMapping.Entry, with item: ComposedNode) {
        guard !item.isReference else { return }
        frames[frames.count - 1].mapping.setAside(entry)
    }
}

extension ComposedNode {
    /// The levels that this adds below a mapping as the value of its `<<`.
    ///
    /// Of what stands elsewhere the entries move up into the mapping; what is written out is also
    /// kept as it is (`YAMLMapping.setAside`).
    fileprivate var levelsWhenMerged: Int {
        guard isReference else { return levels }
        if case .sequence = node.content { return max(0, levels - 2) }
        return max(0, levels - 1)
    }
}

extension YAMLNode {
    /// Whether this stands for something that was reported already.
    fileprivate var isRefused: Bool {
        if case .refused = content { true } else { false }
    }
}
