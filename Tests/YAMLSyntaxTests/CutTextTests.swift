import SourceText
import Testing
import YAMLSyntax

@Suite struct CutTextTests {
    private static let whole = """
        %YAML 1.2
        ---
        a: &a {k: "é\\u202e", <<: {x: [1, 'b']}}
        ? [c]
        : |
          d
          # e
        f: {<<: [*a, *z], ! g}
        f: >-
          h
        """

    @Test func `a text cut at any byte has a verdict, with places inside of it`() {
        let bytes = Array(CutTextTests.whole.utf8)
        for length in 0..<bytes.count {
            let cut = Array(bytes.prefix(length))
            let result = YAMLParser.parse(SourceFile(path: "x", bytes: cut))
            #expect(result.root != nil || !result.diagnostics.isEmpty)
            let lines = cut.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for diagnostic in result.diagnostics {
                let start = diagnostic.range.start
                #expect(start.line <= lines.count, "cut at \(length)")
                guard start.line <= lines.count else { continue }
                #expect(start.column <= lines[start.line - 1].count + 1, "cut at \(length)")
            }
        }
    }

    @Test func `a text with any byte changed has a verdict`() {
        let bytes = Array(CutTextTests.whole.utf8)
        for index in bytes.indices {
            for change: UInt8 in [0x00, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x2A, 0x5B, 0x7B, 0x80, 0xFF]
            {
                var changed = bytes
                changed[index] = change
                let result = YAMLParser.parse(SourceFile(path: "x", bytes: changed))
                #expect(result.root != nil || !result.diagnostics.isEmpty)
            }
        }
    }
}
