import SourceText

/// Builds the tree of a document from libyaml's events, and refuses what libyaml lets through.
struct YAMLComposer {
    /// An anchor that has been read.
    enum Anchor {
        /// Its sequence or mapping is still open.
        case open(SourceRange)
        case done(ComposedNode)
    }

    var findings: YAMLFindings
    var frames: [ComposerFrame] = []
    var anchors: [String: Anchor] = [:]
    /// How many nodes aliases and `<<` have added so far.
    var addedNodes = 0
    /// Follows the events through the text, where that is needed.
    var cursor: TextCursor?
    private let file: SourceFile
    private var root: ComposedNode?
    private var isComplete = false

    init(of file: SourceFile) {
        self.file = file
        findings = YAMLFindings(in: file)
    }

    /// Makes the composer look at the text between and behind libyaml's events too.
    mutating func lookCloser() {
        cursor = TextCursor(file.bytes)
    }

    /// Reads the first document and returns where it ends; throws if there is none.
    mutating func compose(_ reader: inout EventReader) throws(SyntaxError) -> Position {
        while true {
            let event = try reader.next()
            inspectGap(before: event)
            switch event.content {
            case .streamStart, .documentStart: break
            case .streamEnd: throw YAMLComposer.empty
            case .documentEnd:
                isComplete = true
                return event.range.end
            case .alias(let name): accept(try resolve(name, at: event.range))
            case .scalar(let text, let style): accept(scalar(text, style, event))
            case .sequenceStart: try open(event, isMapping: false)
            case .mappingStart: try open(event, isMapping: true)
            case .collectionEnd: try close(at: event.range.end)
            }
            try checkAddedNodes(at: event.range)
        }
    }

    /// Throws if the document's only value is one that nobody wrote, as behind a lone `---`.
    mutating func refuseEmpty() throws(SyntaxError) {
        guard let root, root.place.start == root.place.end else { return }
        self.root = nil
        throw YAMLComposer.empty
    }

    /// The outcome when the whole document could be read.
    var result: YAMLParseResult {
        YAMLParseResult(
            root: root?.node, diagnostics: findings.diagnostics,
            uncollectedErrors: findings.uncollected, openKeys: [])
    }

    /// The outcome when reading stopped early; behind the end of the document the tree stays.
    mutating func ended(by error: SyntaxError) -> YAMLParseResult {
        findings.end(with: error.explained(in: file), hasTree: isComplete)
        return YAMLParseResult(
            root: isComplete ? root?.node : nil, diagnostics: findings.diagnostics,
            uncollectedErrors: findings.uncollected,
            openKeys: frames.compactMap(\.mapping.lastKey))
    }

    /// Whether the next node is a key.
    ///
    /// By its index, for `last` would copy the frame and with it count every reference in it.
    var expectsKey: Bool { frames.indices.last.map { frames[$0].expectsKey } ?? false }

    /// Puts a finished node where the innermost open collection expects one.
    mutating func accept(_ item: ComposedNode) {
        guard let top = frames.indices.last else {
            root = item
            return
        }
        if !frames[top].isMapping {
            frames[top].append(item)
        } else if frames[top].expectsKey {
            acceptKey(item)
        } else {
            acceptValue(item)
        }
    }

    private mutating func open(_ event: YAMLEvent, isMapping: Bool) throws(SyntaxError) {
        guard frames.count < YAMLLimits.levels else { throw YAMLComposer.nesting(at: event.range) }
        refuseTag(of: event)
        if let anchor = event.anchor { define(anchor, as: .open(event.range), at: event.range) }
        frames.append(ComposerFrame(event, isMapping: isMapping))
    }

    private mutating func close(at mark: Position) throws(SyntaxError) {
        guard let frame = frames.popLast() else { return }
        let (anchor, start) = (frame.anchor, frame.start)
        let item = frame.finished(at: mark)
        if let anchor { finish(anchor, opened: start, with: item) }
        accept(item)
    }

    private static var empty: SyntaxError {
        SyntaxError(
            code: .empty, range: SourceRange(at: .start), message: "the file holds no document")
    }

    /// The refusal of a level too many.
    static func nesting(at range: SourceRange) -> SyntaxError {
        SyntaxError(
            code: .nesting, range: range,
            message: "more than \(YAMLLimits.levels) levels of nesting are not allowed")
    }
}
