internal import SourceText
internal import YAMLSyntax

/// A YAML file on its way from text to values: its tree, and where its mistakes go.
struct Document {
    /// Nil where the text is no YAML, which is reported.
    let root: YAMLNode?
    let findings: Findings

    /// Parses a file; mistakes of its text, and what must not be shown of it, go to the collector.
    init(_ file: SourceFile, isPolicy: Bool = false, into collector: MistakeCollector) {
        let parsed = YAMLParser.parse(file)
        root = parsed.root
        findings = Findings(file: file, collector: collector)
        guard let root else {
            collector.add(SyntaxReport.report(parsed, of: file))
            return
        }
        collector.add(file, isPolicy: isPolicy)
        guard !parsed.diagnostics.isEmpty else { return }
        let hidden = SecretValueRanges.find(in: root, of: file, isPolicy: isPolicy)
        collector.add(
            DiagnosticReport(
                SyntaxReport.withoutSecretKeys(parsed.diagnostics, hidden),
                uncollectedErrors: parsed.uncollectedErrors))
    }
}
