import SourceText
import Testing

@Suite struct ColumnsTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("→…", 2), ("漢字", 4), ("한", 2), ("e\u{301}", 1), ("\u{1F44D}", 2),
        ("\u{2764}\u{FE0F}", 2), ("ü", 1), ("a\u{FF01}", 3),
    ])
    func `a text takes the columns that a terminal gives it`(text: String, columns: Int) {
        #expect(text.columns == columns)
    }

    @Test func `padding fills up to a column`() {
        #expect("漢".padding(to: 4) == "漢  ")
        #expect("abc".padding(to: 2) == "abc")
    }

    @Test func `a text is broken at blanks and nowhere else`() {
        #expect("one two three".wrapped(after: 0, then: 0, columns: 7) == ["one two", "three"])
        #expect("one two three".wrapped(after: 4, then: 1, columns: 7) == ["one", "two", "three"])
        #expect("a-long-word b".wrapped(after: 4, then: 2, columns: 8) == ["a-long-word", "b"])
        #expect("a  b".wrapped(after: 0, then: 0, columns: 9) == ["a  b"])
        #expect("".wrapped(after: 0, then: 0, columns: 9) == [""])
        #expect("one ::error::".wrapped(after: 0, then: 0, columns: 9) == ["one", "\\::error::"])
    }
}
