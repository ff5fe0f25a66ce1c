internal import JSONSyntax
internal import SourceText

/// Diagnostics as data (specification, section 5, "JSON").
enum DiagnosticJSON {
    static func document(_ report: DiagnosticReport) -> JSONValue {
        let shown = report.sorted.prefix(DiagnosticReport.shown).map(value)
        let document = document(shown)
        let omitted = report.errors + report.warnings - shown.count
        guard omitted > 0, case .object(let members) = document else { return document }
        return .object(members + [.init(key: "omitted", value: .integer(omitted))])
    }

    static func document(_ diagnostics: [JSONValue]) -> JSONValue {
        ["diagnostics": .array(diagnostics), "format_version": .integer(1)]
    }

    private static func value(of diagnostic: Diagnostic) -> JSONValue {
        [
            "code": .string(diagnostic.code), "column": .integer(diagnostic.range.start.column),
            "file": .string(diagnostic.file.path), "hint": .optional(diagnostic.hint),
            "line": .integer(diagnostic.range.start.line),
            "message": .string(diagnostic.message),
            "severity": .string(diagnostic.severity.rawValue),
        ]
    }
}
