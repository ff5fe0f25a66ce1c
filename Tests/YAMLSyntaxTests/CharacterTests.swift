import SourceText
import Testing
import YAMLSyntax

@Suite struct CharacterTests {
    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], "1:4"),  // no lead byte
            ([0x61, 0x3A, 0x20, 0xC3], "1:4"),  // cut off at the end
            ([0x61, 0x3A, 0x20, 0xC3, 0x28], "1:4"),  // no continuation
            ([0x61, 0x3A, 0x20, 0x80], "1:4"),  // a stray continuation
            ([0x61, 0x3A, 0x20, 0xC0, 0xAF], "1:4"),  // overlong in two bytes
            ([0x61, 0x3A, 0x20, 0xE0, 0x80, 0xAF], "1:4"),  // in three
            ([0x61, 0x3A, 0x20, 0xF0, 0x80, 0x80, 0xAF], "1:4"),  // in four
            ([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], "1:4"),  // a surrogate
            ([0x61, 0x3A, 0x20, 0xF4, 0x90, 0x80, 0x80], "1:4"),  // beyond U+10FFFF
            ([0xEF, 0xBB, 0xBF, 0xC3, 0xA9, 0x0A, 0xC3, 0xA9, 0x3A, 0xFF], "2:3"),  // scalars
            ([0x23, 0x20, 0xFF, 0x0A, 0x61], "1:3"),  // in a comment
            ([0xFF, 0xFE, 0x61, 0x00], "1:1"), ([0xFE, 0xFF, 0x00, 0x61], "1:1"),
            ([0x61, 0x00, 0x3A, 0x00], "1:1"), ([0x00, 0x61, 0x00, 0x3A], "1:1"),
            ([0xFF, 0xFE, 0x00, 0x00], "1:1"), ([0x00, 0x00, 0xFE, 0xFF], "1:1"),
        ] as [([UInt8], String)])
    func `anything but UTF-8 is refused`(bytes: [UInt8], place: String) {
        let parsing = Parsing(bytes: bytes)
        #expect(parsing.mistakes == ["\(place) yaml_encoding"])
        #expect(parsing.result.root == nil)
        #expect(parsing.result.diagnostics.first?.excerpt == .omitted)
    }

    @Test(arguments: ["\r", "\u{85}", "\u{2028}", "\u{2029}"])
    func `other line breaks than LF and CRLF are refused, in comments too`(lineBreak: String) {
        #expect(Parsing("é: b\(lineBreak)c: d\n").mistakes == ["1:5 yaml_encoding"])
        #expect(Parsing("a: b\n# \(lineBreak)c: d\n").mistakes == ["2:3 yaml_encoding"])
        #expect(Parsing("a: 'b\(lineBreak)c'").mistakes == ["1:6 yaml_encoding"])
    }

    @Test(arguments: [
        "\u{0}", "\u{1}", "\u{7}", "\u{1B}", "\u{7F}", "\u{9F}", "\u{FEFF}", "\u{FFFE}",
    ])
    func `a control character is refused and named`(character: String) throws {
        let parsing = Parsing("a: b\nc: \"d\(character)\"\n")
        #expect(parsing.mistakes == ["2:6 yaml_character"])
        let scalar = try #require(character.unicodeScalars.first)
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let codePoint = "U+" + String(repeating: "0", count: 4 - digits.count) + digits
        #expect(parsing.messages.allSatisfy { $0.contains(codePoint) })
        #expect(parsing.result.root == nil)
    }

    @Test(arguments: [
        "\u{A0}", "\u{AD}", "\u{200B}", "\u{200D}", "\u{200E}", "\u{202E}", "\u{2060}", "\u{2066}",
        "\u{2003}", "\u{3164}", "\u{E000}", "\u{FE0F}", "\u{E0041}",
    ])
    func `an invisible character is refused in values and keys`(character: String) {
        let value = Parsing("a: b\nc: é\(character)x\n")
        #expect(value.mistakes == ["2:5 yaml_character"])
        #expect(value.tree == "{a: b, c: refused}")
        let key = Parsing("web\(character)hook: 1\n")
        #expect(key.mistakes == ["1:4 yaml_character"])
        #expect(key.tree == "{webhook: int(1)}")
    }

    @Test(arguments: ["\u{A0}", "\u{200B}", "\u{202E}", "\u{2066}"])
    func `an invisible character in a comment is none of bankhook's business`(character: String) {
        let text = """
            # \(character)
            a: b # \(character)
            c: | # \(character)
              d
              # e
            # \(character)
            f: [g, # \(character)
              h]
            ... # \(character)
            # \(character)
            """
        let parsing = Parsing(text)
        #expect(parsing.mistakes.isEmpty)
        #expect(parsing.tree == "{a: b, c: d\n# e\n, f: [g, h]}")
    }

    @Test func `in a block scalar a number sign begins no comment`() {
        #expect(Parsing("a: | # \u{200B}\n  # \u{200B}\n").mistakes == ["2:5 yaml_character"])
    }

    @Test func `equal characters in a row are one mistake`() {
        let parsing = Parsing("a: b\u{200B}\u{200B}\u{200B}\u{A0}c\nd: 'e\n  \u{202E}'\n")
        #expect(
            parsing.mistakes == ["1:5 yaml_character", "1:8 yaml_character", "3:3 yaml_character"])
        #expect(parsing.result.diagnostics.first?.range.text == "1:5-1:8")
    }

    @Test(arguments: [
        (#"\0"#, "U+0000"), (#"\a"#, "U+0007"), (#"\b"#, "U+0008"), (#"\e"#, "U+001B"),
        (#"\r"#, "U+000D"), (#"\x7f"#, "U+007F"), (#"\N"#, "U+0085"), (#"\_"#, "U+00A0"),
        (#"\L"#, "U+2028"), (#"\P"#, "U+2029"), (#"\u202e"#, "U+202E"), (#"\u200B"#, "U+200B"),
        (#"\U000E0041"#, "U+E0041"),
    ])
    func `an escape brings in no refused character`(escape: String, codePoint: String) {
        let parsing = Parsing("a: 1\nb: \"x\(escape)y\"\n")
        #expect(parsing.mistakes == ["2:4 yaml_character"])
        #expect(parsing.messages.allSatisfy { $0.contains(codePoint) })
        #expect(parsing.tree == "{a: int(1), b: refused}")
    }

    @Test func `escapes of ordinary characters, line breaks and tabs are read`() {
        let parsing = Parsing(#"a: "\x41\u00e9\n\t\"\\\/""#)
        #expect(parsing.mistakes.isEmpty)
        #expect(parsing.tree == "{a: Aé\n\t\"\\/}")
    }

    @Test(arguments: ["\u{301}", "\u{323}", "\u{5B0}"])
    func `a heap of combining marks is refused, for comparing it takes quadratic time`(mark: String)
    {
        let thirty = String(repeating: mark, count: 30)
        #expect(Parsing("a: x\(thirty)\nb\(thirty): y\n").mistakes.isEmpty)
        #expect(Parsing("a: x\(thirty)\(mark)\n").mistakes == ["1:35 yaml_character"])
        #expect(Parsing("{x\(thirty)\(mark), y}").mistakes == ["1:33 yaml_character"])
        #expect(Parsing("a: \"x\(thirty)\\u0301\"").mistakes == ["1:4 yaml_character"])
        #expect(Parsing("a: \"x\(thirty)\\\n  \(mark)\"").mistakes == ["1:4 yaml_character"])
        let key = Parsing("x\(thirty)\u{200B}\(thirty): 1\n")
        #expect(key.mistakes == ["1:32 yaml_character"])
        #expect(key.tree == "{}")
    }

    @Test func `an escape of a surrogate is refused`() {
        #expect(Parsing(#"a: "\ud800""#).mistakes == ["1:7 yaml_syntax"])
    }
}
