import SourceText

extension Position {
    /// The position of the scalar that begins at or holds a byte of a text.
    init(ofByte offset: Int, in bytes: [UInt8]) {
        var cursor = TextCursor(bytes)
        var place = cursor.position
        while cursor.offset <= offset {
            place = cursor.position
            guard cursor.next() != nil else { break }
        }
        self = place
    }
}
