import SourceText

/// Looks at what follows the end of the document.
///
/// libyaml is not asked, because it would read the directives of a second document (see
/// `DirectiveCheck`).
enum TrailingText {
    /// Throws what stands behind `end` other than blanks, comments and `...`.
    static func check(_ bytes: [UInt8], after end: Position) throws(SyntaxError) {
        var cursor = TextCursor(bytes)
        cursor.advance(to: end)
        while let byte = cursor.byte {
            let start = cursor.position
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                _ = cursor.next()
            case UInt8(ascii: "#"):
                while let scalar = cursor.next(), scalar != "\n" {}
            case _ where start.column == 1 && isMarker("...", at: cursor.offset, in: bytes):
                cursor.advance(to: Position(line: start.line, column: 4))
            case _ where start.column == 1 && isMarker("---", at: cursor.offset, in: bytes):
                throw mistake(.secondDocument, at: start, "a second document is not allowed")
            case UInt8(ascii: "%") where start.column == 1:
                throw mistake(
                    .directive, at: start, "a directive is not allowed behind the document")
            default:
                throw mistake(
                    .syntax, at: start, "not valid YAML: the document has ended before this")
            }
        }
    }

    private static func isMarker(_ marker: String, at offset: Int, in bytes: [UInt8]) -> Bool {
        let rest = bytes[offset...]
        guard rest.starts(with: marker.utf8) else { return false }
        let next = rest.dropFirst(3).first
        return next.map { [0x20, 0x09, 0x0D, 0x0A].contains($0) } ?? true
    }

    private static func mistake(
        _ code: YAMLMistake, at position: Position, _ message: String
    ) -> SyntaxError {
        SyntaxError(
            code: code, range: SourceRange(at: position), message: message,
            hasKnownSurroundings: false)
    }
}
