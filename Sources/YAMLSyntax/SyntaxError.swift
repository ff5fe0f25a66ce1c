import SourceText

/// A mistake after which a text has no tree.
struct SyntaxError: Error {
    let code: YAMLMistake
    let range: SourceRange
    let message: String
    var hint: String?
    /// Whether the line can be shown if the open keys allow it.
    ///
    /// False where reading has not come so far that the open keys are known.
    var hasKnownSurroundings = true
    /// Where the construct began that libyaml was reading, if it says so.
    var context: Position?
}
