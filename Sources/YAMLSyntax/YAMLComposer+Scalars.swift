import SourceText

extension YAMLComposer {
    /// A scalar's node; its characters, tag and anchor are checked.
    mutating func scalar(
        _ text: String, _ style: YAMLEvent.ScalarStyle, _ event: YAMLEvent
    ) -> ComposedNode {
        refuseTag(of: event)
        let isKey = expectsKey
        var text = text
        var isRefused = refuseCharacters(of: text, style, event)
        if isRefused, isKey {
            // Without them the key is probably the one that was meant, and need not be missed too.
            text.unicodeScalars.removeAll(where: YAMLCharacters.isRefused)
            isRefused = !text.unicodeScalars.allSatisfy(\.isASCII)
        }
        let value = YAMLScalar(text: text, isPlain: style == .plain)
        let node = YAMLNode(range: event.range, content: isRefused ? .refused : .scalar(value))
        let item = ComposedNode(node: node, place: event.range)
        if let anchor = event.anchor { define(anchor, as: .done(item), at: event.range) }
        return item
    }

    /// Refuses any tag, at the first character of the node.
    mutating func refuseTag(of event: YAMLEvent) {
        guard event.hasTag else { return }
        findings.report(
            .tag, at: SourceRange(at: event.range.start), YAMLMistake.tagRefusal,
            hint: "remove it")
    }

    /// Refuses characters that nobody sees; returns whether there were any.
    private mutating func refuseCharacters(
        of text: String, _ style: YAMLEvent.ScalarStyle, _ event: YAMLEvent
    ) -> Bool {
        let written = writtenCharacters(of: event, isBlock: style == .block)
        for (scalar, range) in written {
            findings.report(.character, at: range, YAMLCharacters.refusal(of: scalar))
        }
        guard style == .doubleQuoted else { return !written.isEmpty }
        let scalars = Set(written.map(\.scalar))
        return refuseEscapes(in: text, written: scalars, event) || !written.isEmpty
    }

    /// Refuses what only the escapes of a double-quoted scalar make of it.
    private mutating func refuseEscapes(
        in text: String, written: Set<Unicode.Scalar>, _ event: YAMLEvent
    ) -> Bool {
        let escaped = text.unicodeScalars.first { scalar in
            YAMLCharacters.isRefused(scalar) && !written.contains(scalar)
        }
        if let escaped {
            findings.report(
                .character, at: event.range,
                YAMLCharacters.refusal(of: escaped) + ", as an escape neither")
            return true
        }
        guard YAMLCharacters.hasTooManyMarks(text) else { return false }
        findings.report(.character, at: event.range, YAMLCharacters.tooManyMarks)
        return true
    }

    /// The refused characters that stand in a scalar as such; equal ones in a row count as one.
    private mutating func writtenCharacters(
        of event: YAMLEvent, isBlock: Bool
    ) -> [(scalar: Unicode.Scalar, range: SourceRange)] {
        var found: [(scalar: Unicode.Scalar, range: SourceRange)] = []
        // The line with `|` or `>` may end in a comment.
        var isHeader = isBlock
        var hasIndicator = false
        cursor?.advance(to: event.range.end) { scalar, position in
            if isHeader {
                hasIndicator = hasIndicator || scalar == "|" || scalar == ">"
                isHeader = !(hasIndicator && scalar == "\n")
                return
            }
            guard scalar != "\r", YAMLCharacters.isRefused(scalar) else { return }
            let range = SourceRange(at: position)
            if let last = found.last, last.scalar == scalar, last.range.end == position {
                found[found.count - 1].range = SourceRange(
                    start: last.range.start, end: range.end)
            } else {
                found.append((scalar, range))
            }
        }
        return found
    }

    /// Looks for the `?` of a complex key between the last event and the next one.
    ///
    /// A collection as a key is refused when it is complete, with or without the `?`.
    mutating func inspectGap(before event: YAMLEvent) {
        guard cursor != nil else { return }
        var mark: Position?
        var isComment = false
        cursor?.advance(to: event.range.start) { scalar, position in
            switch scalar {
            case "\n": isComment = false
            case "#": isComment = true
            case "?" where !isComment: mark = position
            default: break
            }
        }
        guard let mark, expectsKey else { return }
        switch event.content {
        case .scalar, .alias:
            findings.report(
                .key, at: SourceRange(at: mark), "a key that begins with '?' is not supported",
                hint: "write 'key: value'")
        default: break
        }
    }
}
