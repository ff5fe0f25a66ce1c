package import SourceText

/// What became of a text: a tree, or the reasons why there is none, or both.
package struct YAMLParseResult: Sendable {
    /// The document's value; nil when nothing usable could be read.
    package let root: YAMLNode?
    /// Every mistake found, up to `YAMLLimits.diagnostics`.
    package let diagnostics: [Diagnostic]
    /// How many more mistakes there were.
    package let uncollectedErrors: Int
    /// Where reading stopped early, the last key of each mapping that was open there, outermost
    /// first: what stands at that place may be a value of any of them.
    package let openKeys: [String]
}
