import SourceText

/// Slips that make a valid node, but not the one that was meant.
extension YAMLNode {
    /// Whether this is `{name}` where a text belongs, and so a mapping of a name to nothing.
    package var isUnquotedPlaceholder: Bool {
        guard case .mapping(let mapping) = content, mapping.setAside.isEmpty,
            mapping.entries.count == 1, let entry = mapping.entries.first,
            case .scalar(let scalar) = entry.value.content, scalar.isPlain, scalar.text.isEmpty,
            range.start.line == range.end.line
        else { return false }
        // Only braces, one on each side, are longer than the name by two.
        let width = entry.keyRange.end.column - entry.keyRange.start.column
        return range.end.column - range.start.column == width + 2
            && entry.keyRange.start.column == range.start.column + 1
    }

    /// The name before the first colon of a plain text that is not a URL: perhaps a key whose
    /// colon has no blank behind it.
    package var tightKey: String? {
        guard case .scalar(let scalar) = content, scalar.isPlain else { return nil }
        return YAMLNode.tightKey(in: scalar.text)
    }

    /// The same for the text of a key, which goes on behind the colon.
    package static func tightKey(in text: String) -> String? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = text[colon...].utf8.dropFirst()
        guard let next = rest.first, next != UInt8(ascii: "/"), colon != text.startIndex else {
            return nil
        }
        return String(text[..<colon])
    }
}
