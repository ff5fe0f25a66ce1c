internal import SourceText
internal import YAMLSyntax

/// The report on a file that has no tree, so that nothing can tell its secrets by their keys.
enum SyntaxReport {
    /// Leaves the excerpt out where a secret may stand: where a secret's key is still open, stands
    /// on the line, or stands above it with nothing less indented in between.
    static func report(_ parsed: YAMLParseResult, of file: SourceFile) -> DiagnosticReport {
        let isOpen = parsed.openKeys.contains(where: SecretValueRanges.isSecretKey)
        let diagnostics = parsed.diagnostics.map { diagnostic in
            let mayShow = !isOpen && !mayHoldSecret(line: diagnostic.range.start.line, of: file)
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

    private static func mayHoldSecret(line number: Int, of file: SourceFile) -> Bool {
        guard let line = file.line(number) else { return false }
        if mentionsSecretKey(line) || line.contains("@") { return true }
        var indent = indentation(of: line) ?? Int.max
        var above = number - 1
        while above >= 1, let line = file.line(above) {
            if let own = indentation(of: line) {
                if own <= indent, mentionsSecretKey(line) { return true }
                if own == 0 { return false }
                indent = min(indent, own)
            }
            above -= 1
        }
        return false
    }

    /// Nil for a line that is blank or a comment.
    private static func indentation(of line: String) -> Int? {
        let rest = line.drop { $0 == " " || $0 == "\t" }
        return rest.isEmpty || rest.hasPrefix("#") ? nil : line.count - rest.count
    }

    private static func mentionsSecretKey(_ line: String) -> Bool {
        line.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0))) }
            .contains { SecretValueRanges.isSecretKey(String($0)) }
    }
}
