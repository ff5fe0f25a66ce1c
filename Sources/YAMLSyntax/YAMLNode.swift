package import SourceText

/// A value of a YAML document and where it stands.
///
/// An alias is the node that it refers to, with that node's range: a mistake in it is shown where
/// its text is. Aliases share storage, so a document costs the memory of its text.
package struct YAMLNode: Sendable {
    /// What a node is.
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping(YAMLMapping)
        /// Something that was refused and reported already: nothing more need be said of it.
        case refused
    }

    /// From the node's tag or anchor, if it has one, to the end of its last scalar.
    package let range: SourceRange
    package let content: Content

    package init(range: SourceRange, content: Content) {
        self.range = range
        self.content = content
    }
}
