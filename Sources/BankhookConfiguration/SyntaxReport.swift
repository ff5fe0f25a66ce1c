internal import SourceText
internal import YAMLSyntax

/// The report on a file that has no tree, so that nothing can tell its secrets by their keys.
enum SyntaxReport {
    /// Leaves the excerpt out where a secret may stand: where a secret's key is still open, stands
    /// on the line, or stands above it with nothing less indented in between.
    static func report(_ parsed: YAMLParseResult, of file: SourceFile) -> DiagnosticReport {
        let isOpen = parsed.openKeys.contains(where: SecretValueRanges.isSecretKey)
        let lines = SecretLines(
            among: parsed.diagnostics.map(\.range.start.line), of: file)
        let diagnostics = parsed.diagnostics.map { diagnostic in
            let mayShow = !isOpen && !lines.contains(diagnostic.range.start.line)
            return mayShow ? diagnostic : diagnostic.withoutExcerpt
        }
        return DiagnosticReport(
            diagnostics.map { $0.code == duplicateKey ? withoutKey($0) : $0 },
            uncollectedErrors: parsed.uncollectedErrors)
    }

    private static let duplicateKey = "duplicate_key"

    /// Takes a repeated key out of its message where it may be a secret itself.
    static func withoutSecretKeys(_ diagnostics: [Diagnostic], _ hidden: [SourceRange])
        -> [Diagnostic]
    {
        let hidden = Set(hidden.map(\.start))
        return diagnostics.map { diagnostic in
            diagnostic.code == duplicateKey && hidden.contains(diagnostic.range.start)
                ? withoutKey(diagnostic) : diagnostic
        }
    }

    private static func withoutKey(_ diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic(
            diagnostic.severity, code: diagnostic.code, in: diagnostic.file, at: diagnostic.range,
            "a key is repeated", hint: diagnostic.hint, notes: diagnostic.notes,
            excerpt: diagnostic.excerpt)
    }
}
