import SourceText
import Testing

@Suite struct ExcerptTests {
    private func excerpt(
        _ text: String, _ line: Int, _ columns: Range<Int>, redacting redactions: [SourceRange] = []
    ) -> String? {
        let file = SourceFile(path: "bankhook.yaml", bytes: Array(text.utf8))
        return Excerpt(of: file, at: range(line, columns), redacting: redactions)?.text
    }

    private func range(_ line: Int, _ columns: Range<Int>) -> SourceRange {
        SourceRange(
            start: Position(line: line, column: columns.lowerBound),
            end: Position(line: line, column: columns.upperBound))
    }

    @Test func `the place is marked below its line`() {
        #expect(
            excerpt("a: 1\n    webhook_mode: manual\n", 2, 19..<25) == """
                    2 |     webhook_mode: manual
                      |                   ^~~~~~
                """)
    }

    @Test func `wide line numbers widen the gutter`() {
        let text = String(repeating: "\n", count: 123_455) + "ab"
        #expect(excerpt(text, 123_456, 2..<3) == "123456 | ab\n       |  ^")
    }

    @Test func `a place behind the end of its line is marked there`() {
        #expect(excerpt("a:\n", 1, 3..<3) == "    1 | a:\n      |   ^")
        #expect(excerpt("a:\n", 2, 1..<2) == "    2 | \n      | ^")
        #expect(excerpt("a:\n", 1, 30..<31) == "    1 | a:\n      |   ^")
        #expect(excerpt("a:\n", 3, 1..<2) == nil)
    }

    @Test func `CRLF and a byte order mark are not shown`() {
        #expect(excerpt("\u{FEFF}ab\r\ncd\r\n", 1, 1..<3) == "    1 | ab\n      | ^~")
        #expect(excerpt("ab\r\ncd\r\n", 2, 1..<3) == "    2 | cd\n      | ^~")
    }

    @Test func `a range of several lines is marked to the end of its first`() {
        let file = SourceFile(path: "x", bytes: Array("a: {b\n}".utf8))
        let range = SourceRange(
            start: Position(line: 1, column: 4), end: Position(line: 2, column: 2))
        #expect(Excerpt(of: file, at: range)?.text == "    1 | a: {b\n      |    ^~")
    }

    @Test func `hidden characters are shown as escapes and the marker keeps its place`() {
        #expect(
            excerpt("\u{202E}a\tb\u{A0}c", 1, 4..<5)
                == "    1 | \\u{202E}a\\tb\\u{A0}c\n      |            ^")
    }

    @Test func `the marker stands below letters that are two columns wide`() {
        #expect(excerpt("漢字: x", 1, 5..<6) == "    1 | 漢字: x\n      |       ^")
        #expect(excerpt("a: 漢字", 1, 4..<6) == "    1 | a: 漢字\n      |    ^~~~")
        #expect(excerpt("e\u{301}: x", 1, 5..<6) == "    1 | e\u{301}: x\n      |    ^")
    }

    @Test(arguments: [30, 40, 80, 129])
    func `a long line is cut to what a screen has room for`(columns: Int) throws {
        let text = String(repeating: "a", count: 300)
        for column in [1, 20, 150, 300] {
            let file = SourceFile(path: "x", bytes: Array(text.utf8))
            let shown = try #require(
                Excerpt(of: file, at: range(1, column..<(column + 1)), columns: columns)?.text)
            let lines = shown.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= columns }, "\(shown)")
            #expect(lines[1].hasSuffix("^"))
        }
    }

    @Test func `bytes that are not UTF-8 are shown as replacements`() {
        let file = SourceFile(path: "x", bytes: [0x61, 0xFF, 0x62])
        let range = SourceRange(at: Position(line: 1, column: 2))
        #expect(Excerpt(of: file, at: range)?.text == "    1 | a\u{FFFD}b\n      |  ^")
    }

    @Test func `a long line is cut around the place`() throws {
        let text = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
        let lines = try #require(excerpt(text, 1, 501..<502)).split(separator: "\n")
        #expect(lines[0].count == 8 + 122)
        #expect(lines[0].hasPrefix("    1 | …a") && lines[0].hasSuffix("b…"))
        let marker = try #require(Array(lines[1]).firstIndex(of: "^"))
        #expect(Array(lines[0])[marker] == "X")
    }

    @Test func `a line that nobody wrote by hand is not shown`() {
        #expect(excerpt(String(repeating: "a", count: 65_537), 1, 1..<2) == nil)
    }

    @Test func `a redacted value is hidden, wherever the mistake is`() {
        let text = "api_key: hunter2 x"
        let value = range(1, 10..<17)
        #expect(
            excerpt(text, 1, 1..<8, redacting: [value])
                == "    1 | api_key: <redacted> x\n      | ^~~~~~~")
        #expect(
            excerpt(text, 1, 18..<19, redacting: [value])
                == "    1 | api_key: <redacted> x\n      |                     ^")
        for column in 10..<17 {
            #expect(
                excerpt(text, 1, column..<(column + 1), redacting: [value])
                    == "    1 | api_key: <redacted> x\n      |          ^~~~~~~~~~")
        }
    }

    @Test func `a redaction of several lines hides all of them`() {
        let text = "key: 'hun\n  ter\n  2' x\n"
        let value = SourceRange(
            start: Position(line: 1, column: 6), end: Position(line: 3, column: 5))
        #expect(excerpt(text, 1, 1..<2, redacting: [value]) == "    1 | key: <redacted>\n      | ^")
        #expect(
            excerpt(text, 2, 3..<4, redacting: [value])?.hasPrefix("    2 |   <redacted>\n") == true
        )
        #expect(
            excerpt(text, 3, 6..<7, redacting: [value])
                == "    3 |   <redacted> x\n      |              ^")
    }

    @Test func `no window onto a long line shows a redacted value`() {
        let secret = "hunter2" + String(repeating: "s", count: 300)
        let text = "key: \(secret) end"
        for column in stride(from: 1, to: text.count, by: 7) {
            let shown = excerpt(
                text, 1, column..<(column + 3), redacting: [range(1, 6..<(6 + secret.count))])
            #expect(shown?.contains("ss") == false)
            #expect(shown?.contains("hunter") == false)
        }
    }

    @Test func `an excerpt forms no workflow command`() {
        #expect(excerpt("x ##[error]", 1, 1..<2)?.contains("##[") == false)
        #expect(excerpt("x ##VSO[task]", 1, 1..<2)?.contains("##VSO[") == false)
    }
}
