import SourceText

/// What to do about a mistake of syntax that people often make, and where it really stands.
///
/// Given only where the text around the error leaves no doubt; no hint quotes any of it, for it may
/// be a secret.
package struct SyntaxHint: Equatable {
    let text: String
    let position: Position

    /// Where a value begins with `{` or holds it between brackets.
    package static let brace = "quote it: an unquoted { begins a mapping"
    /// Where a value begins with `*`.
    static let asterisk = "quote it: an unquoted * begins an alias"
    /// Where an alias has no anchor, so that it may be no alias.
    static let asteriskAsText = "if it is meant as text, quote it"
    /// Where a key's colon is followed by its value at once.
    package static let colon = "put a blank after the ':'"
    /// Where a line begins with a tab, or has one behind a dash.
    static let tab = "indent with spaces: YAML takes no tab there"
    /// Where a version control system left its marks.
    static let conflict = "this is a mark of a merge conflict: resolve it and remove the marks"

    /// The hint for the error at which reading stopped, if it is one of these mistakes.
    init?(for error: SyntaxError, in file: SourceFile) {
        guard error.code == .syntax else { return nil }
        let search = HintSearch(error, in: file)
        guard
            let found = search.conflict() ?? search.tab() ?? search.asterisk() ?? search.brace()
                ?? search.colon()
        else { return nil }
        self = found
    }

    init(_ text: String, line: Int, column: Int) {
        self.text = text
        position = Position(line: line, column: column)
    }
}

extension SyntaxError {
    /// The error at the line of the mistake, with a hint where there is one.
    func explained(in file: SourceFile) -> SyntaxError {
        guard hint == nil, let found = SyntaxHint(for: self, in: file) else { return self }
        return SyntaxError(
            code: code, range: SourceRange(at: found.position), message: message, hint: found.text,
            hasKnownSurroundings: hasKnownSurroundings, context: context)
    }
}
