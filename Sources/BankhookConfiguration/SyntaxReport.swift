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
        return DiagnosticReport(diagnostics, uncollectedErrors: parsed.uncollectedErrors)
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
        SecretValueRanges.secretKeys.contains { line.contains($0) }
    }
}
