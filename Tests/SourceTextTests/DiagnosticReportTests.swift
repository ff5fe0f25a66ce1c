import SourceText
import Testing

@Suite struct DiagnosticReportTests {
    private let file = SourceFile(
        path: "bankhook.yaml", bytes: Array("one: 1\ntwo: hunter2\none: 3\n".utf8))

    private func mistake(
        _ line: Int, _ column: Int = 1, _ message: String = "wrong",
        severity: Diagnostic.Severity = .error, hint: String? = nil, notes: [Diagnostic.Note] = [],
        excerpt: Diagnostic.ExcerptPolicy = .shown
    ) -> Diagnostic {
        Diagnostic(
            severity, code: "code", in: file,
            at: SourceRange(at: Position(line: line, column: column)), message, hint: hint,
            notes: notes, excerpt: excerpt)
    }

    @Test func `mistakes are shown in the order of the text, then counted`() {
        let report = DiagnosticReport([
            mistake(3, hint: "remove it"), mistake(1, 6, severity: .warning),
        ])
        #expect(
            report.text == """
                bankhook.yaml:1:6: warning: wrong
                    1 | one: 1
                      |      ^
                bankhook.yaml:3:1: error: wrong; remove it
                    3 | one: 3
                      | ^
                1 error, 1 warning
                """)
    }

    @Test func `a note has its own place`() {
        let note = Diagnostic.Note("first here", in: file, at: SourceRange(at: .start))
        #expect(
            DiagnosticReport([mistake(3, notes: [note])]).text == """
                bankhook.yaml:3:1: error: wrong
                    3 | one: 3
                      | ^
                bankhook.yaml:1:1: note: first here
                    1 | one: 1
                      | ^
                1 error
                """)
    }

    @Test func `an omitted excerpt stays out, of notes too`() {
        let note = Diagnostic.Note("first here", in: file, at: SourceRange(at: .start))
        #expect(
            DiagnosticReport([mistake(3, notes: [note], excerpt: .omitted)]).text == """
                bankhook.yaml:3:1: error: wrong
                bankhook.yaml:1:1: note: first here
                1 error
                """)
    }

    @Test func `redactions of a file hold for every excerpt of it`() {
        let value = SourceRange(
            start: Position(line: 2, column: 6), end: Position(line: 2, column: 13))
        let report = DiagnosticReport([mistake(2)], redactions: ["bankhook.yaml": [value]])
        #expect(report.text.contains("two: <redacted>\n"))
        #expect(!report.text.contains("hunter2"))
    }

    @Test func `no text from a file begins a line or hides in one`() {
        let file = SourceFile(path: "::error::\u{1B}\n.yaml", bytes: [])
        let mistake = Diagnostic(
            code: "code", in: file, at: SourceRange(at: .start), "a\n::error::\u{202E} ##[b]",
            excerpt: .omitted)
        #expect(
            DiagnosticReport([mistake]).text == """
                \\::error::\\u{1B}\\n.yaml:1:1: error: a\\n::error::\\u{202E} ##\\[b]
                1 error
                """)
    }

    @Test func `a thousand mistakes are shown and all are counted`() {
        let many = (0..<1_200).map { _ in mistake(1, excerpt: .omitted) }
        let report = DiagnosticReport(many, uncollectedErrors: 300)
        let lines = report.text.split(separator: "\n")
        #expect(lines.count == 1_002)
        #expect(lines.suffix(2) == ["… and 500 more", "1500 errors"])
    }

    @Test func `a report without mistakes is empty`() {
        #expect(DiagnosticReport().text.isEmpty)
    }
}
