internal import SourceText
internal import YAMLSyntax

/// The way every YAML file goes: text, nodes, then values, with what must not be shown of it.
enum DocumentDecoder {
    /// Decodes the root of a file; mistakes of its text and of its values are in one report.
    static func decode<Value>(
        _ file: SourceFile, _ decode: (YAMLNode, inout Findings) -> Value?
    ) -> (value: Value?, report: DiagnosticReport) {
        let parsed = YAMLParser.parse(file)
        guard let root = parsed.root else {
            return (nil, SyntaxReport.report(parsed, of: file))
        }
        let redactions = SecretValueRanges.find(in: root, of: file)
        var findings = Findings(file: file)
        let value = decode(root, &findings)
        let report = DiagnosticReport(
            SyntaxReport.withoutSecretKeys(parsed.diagnostics, redactions) + findings.diagnostics,
            redactions: [file.path: redactions],
            uncollectedErrors: parsed.uncollectedErrors + findings.uncollected)
        return (value, report)
    }
}
