import SourceText

extension YAMLComposer {
    /// Registers an anchor, unless there is one of that name: then the first one stays.
    mutating func define(_ name: String, as anchor: Anchor, at range: SourceRange) {
        guard let first = anchors[name] else {
            anchors[name] = anchor
            return
        }
        findings.report(
            .anchor, at: SourceRange(at: range.start), "this anchor is defined a second time",
            note: ("it is first defined here", SourceRange(at: first.range.start)))
    }

    /// Makes the node of a sequence or mapping available to aliases, now that it has ended.
    mutating func finish(_ name: String, opened range: SourceRange, with item: ComposedNode) {
        guard case .open(range) = anchors[name] else { return }
        anchors[name] = .done(item)
    }

    /// What an alias stands for; throws when the tree would become too large.
    mutating func resolve(
        _ name: String, at range: SourceRange
    ) throws(SyntaxError) -> ComposedNode {
        cursor?.advance(to: range.end)
        switch anchors[name] {
        case nil:
            findings.report(
                .alias, at: range, "no anchor of this name stands before this alias",
                hint: isMerged ? nil : SyntaxHint.asteriskAsText)
            return ComposedNode(refusedAt: range)
        case .open(let start):
            findings.report(
                .alias, at: range, "this alias stands inside of what it refers to",
                note: ("its anchor is here", SourceRange(at: start.start)))
            return ComposedNode(refusedAt: range)
        case .done(let item):
            guard frames.count + item.levels <= YAMLLimits.levels else {
                throw YAMLComposer.nesting(at: range)
            }
            addedNodes += item.weight
            return ComposedNode(
                node: item.node, place: range, weight: item.weight, levels: item.levels,
                isReference: true)
        }
    }

    /// Whether the next node is a value of `<<`, or in a list of them, which no text can be.
    private var isMerged: Bool {
        guard let mapping = frames.indices.last(where: { frames[$0].isMapping }) else {
            return false
        }
        return !frames[mapping].expectsKey && frames[mapping].mapping.lastKey == "<<"
    }

    /// Throws when aliases and `<<` have added too much.
    func checkAddedNodes(at range: SourceRange) throws(SyntaxError) {
        guard addedNodes > YAMLLimits.addedNodes else { return }
        throw SyntaxError(
            code: .alias, range: range,
            message: "aliases add more than \(YAMLLimits.addedNodes) nodes to this text")
    }
}

extension YAMLComposer.Anchor {
    /// Where the anchored node stands.
    fileprivate var range: SourceRange {
        switch self {
        case .open(let range): range
        case .done(let item): item.place
        }
    }
}
