import SourceText

/// A step of libyaml through a text, copied out of C.
struct YAMLEvent {
    /// What was read.
    enum Content {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias(String)
        case scalar(String, ScalarStyle)
        case sequenceStart, mappingStart
        /// The end of a sequence or mapping.
        case collectionEnd
    }

    /// How a scalar was written.
    enum ScalarStyle {
        case plain, singleQuoted, doubleQuoted
        /// Literal or folded.
        case block
    }

    let content: Content
    /// Where it stands, its tag and anchor included.
    let range: SourceRange
    var anchor: String?
    var hasTag = false
    /// Whether a collection is written with brackets or braces, so that its end has a mark.
    var isFlow = false
}
