/// A mistake in a text that a person wrote: what is wrong, where, and what to write instead.
package struct Diagnostic: Sendable {
    /// How much a diagnostic weighs: an error stops the command, a warning does not.
    package enum Severity: String, Sendable {
        case error, warning
    }

    /// Whether the line it points at may be shown.
    package enum ExcerptPolicy: Sendable {
        /// Shown, with the report's redactions applied.
        case shown
        /// Left out: nobody can tell which part of the line is a secret.
        case omitted
    }

    /// Another place that belongs to the mistake, such as the first of two equal keys.
    package struct Note: Sendable {
        package let message: String
        package let file: SourceFile
        package let range: SourceRange

        package init(_ message: String, in file: SourceFile, at range: SourceRange) {
            self.message = message
            self.file = file
            self.range = range
        }
    }

    package let severity: Severity
    /// A stable snake_case word that scripts match on, such as `unknown_key`.
    package let code: String
    package let file: SourceFile
    package let range: SourceRange
    package let message: String
    /// What to do about it, as a clause that can follow the message after a semicolon.
    package let hint: String?
    package let notes: [Note]
    package let excerpt: ExcerptPolicy

    package init(
        _ severity: Severity = .error, code: String, in file: SourceFile, at range: SourceRange,
        _ message: String, hint: String? = nil, notes: [Note] = [],
        excerpt: ExcerptPolicy = .shown
    ) {
        self.severity = severity
        self.code = code
        self.file = file
        self.range = range
        self.message = message
        self.hint = hint
        self.notes = notes
        self.excerpt = excerpt
    }

    /// The message with its hint, as text output shows it.
    package var sentence: String {
        hint.map { "\(message); \($0)" } ?? message
    }

    /// The same diagnostic for a place whose line must not be shown.
    package var withoutExcerpt: Diagnostic {
        Diagnostic(
            severity, code: code, in: file, at: range, message, hint: hint, notes: notes,
            excerpt: .omitted)
    }
}
