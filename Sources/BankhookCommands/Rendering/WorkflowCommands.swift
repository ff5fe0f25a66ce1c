internal import SourceText

/// Diagnostics as GitHub Actions shows them beside the lines of a pull request.
enum WorkflowCommands {
    /// A command for each diagnostic that is shown, or nothing outside GitHub Actions.
    static func text(_ report: DiagnosticReport, variables: [String: String]) -> String {
        guard variables["GITHUB_ACTIONS"] == "true" else { return "" }
        return report.sorted.prefix(DiagnosticReport.shown).map { command($0) + "\n" }.joined()
    }

    private static func command(_ diagnostic: Diagnostic) -> String {
        let properties = [
            "file=\(property(diagnostic.file.path))", "line=\(diagnostic.range.start.line)",
            "col=\(diagnostic.range.start.column)", "title=\(property(diagnostic.code))",
        ]
        return "::\(diagnostic.severity.rawValue) \(properties.joined(separator: ","))"
            + "::\(data(diagnostic.sentence))"
    }

    /// The runner undoes these escapes, and ends the command at a line break.
    private static func data(_ text: String) -> String {
        escaping("%\r\n", in: PrintableText(text).description)
    }

    private static func property(_ text: String) -> String {
        escaping(":,", in: data(text))
    }

    /// Scalar by scalar: a combining mark must not hide what stands before it.
    private static func escaping(_ special: String, in text: String) -> String {
        text.unicodeScalars.map { scalar in
            guard special.unicodeScalars.contains(scalar) else { return String(scalar) }
            let hex = String(scalar.value, radix: 16, uppercase: true)
            return hex.count == 1 ? "%0\(hex)" : "%\(hex)"
        }.joined()
    }
}
