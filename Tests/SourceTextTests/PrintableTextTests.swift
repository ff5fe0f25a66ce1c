import SourceText
import Testing

@Suite struct PrintableTextTests {
    @Test(arguments: [
        ("plain text", "plain text"), ("é 中 \u{1F600}", "é 中 \u{1F600}"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"), ("\u{1B}[31m", "\\u{1B}[31m"), ("\u{0}", "\\u{0}"),
        ("\u{202E}x\u{200B}", "\\u{202E}x\\u{200B}"), ("a\u{A0}b", "a\\u{A0}b"),
        ("\u{2028}", "\\u{2028}"), ("\u{E0041}", "\\u{E0041}"), ("\u{3164}", "\\u{3164}"),
    ])
    func `what nobody sees is escaped`(text: String, printed: String) {
        #expect(PrintableText(text).description == printed)
    }

    @Test(arguments: [
        ("::error::x", "\\::error::x"), ("  ::error", "\\  ::error"), ("a::b", "a::b"),
        ("##[error]", "##\\[error]"), ("x##[a]##[b]", "x##\\[a]##\\[b]"),
        ("##vso[task]", "##vso\\[task]"), ("##VsO[task]", "##VsO\\[task]"), ("#[a]", "#[a]"),
        ("vso[a]", "vso[a]"),
    ])
    func `workflow commands are broken up`(text: String, printed: String) {
        #expect(PrintableText(text).description == printed)
    }

    @Test func `a combining mark does not hide a workflow command`() {
        #expect(
            PrintableText("##[\u{301}x").description.unicodeScalars.elementsEqual(
                "##\\[\u{301}x".unicodeScalars))
    }

    @Test func `printing twice changes nothing more`() {
        let once = PrintableText("::a ##[b \u{1B}").description
        #expect(PrintableText(once).description == once)
    }

    @Test func `a long text is cut with a sign`() {
        #expect(PrintableText("abcdef", limit: 3).description == "abc…")
        #expect(PrintableText("abc", limit: 3).description == "abc")
    }
}
