import SourceText
import Testing
import YAMLSyntax

@Suite struct TreeTests {
    @Test func `block and flow collections give the same tree`() {
        let block = Parsing("a:\n  - 1\n  - x: yes\nb: ~\n")
        let flow = Parsing("{a: [1, {x: yes}], b: ~}")
        #expect(block.tree == "{a: [int(1), {x: yes}], b: null}")
        #expect(flow.tree == block.tree)
        #expect(block.mistakes.isEmpty && flow.mistakes.isEmpty)
    }

    @Test func `keys are names as they are written`() {
        #expect(Parsing("1: a\ntrue: b\n0x1: c\n~: d\n").tree == "{1: a, true: b, 0x1: c, ~: d}")
        #expect(Parsing("1: a\n'1': b\n").mistakes == ["2:1 duplicate_key"])
    }

    @Test func `values stand where they are written`() {
        let parsing = Parsing(
            "a: one\nb:\n  - 'two'\n  - &x [ 3 ]\n\n# end\nc: {d: e}\nf: |\n  g\n")
        #expect(parsing.node("a")?.range.text == "1:4-1:7")
        #expect(parsing.node("b")?.range.text == "3:3-4:13")
        #expect(parsing.node("c")?.range.text == "7:4-7:10")
        #expect(parsing.node("c", "d")?.range.text == "7:8-7:9")
        #expect(parsing.node("f")?.range.start == Position(line: 8, column: 4))
        guard case .sequence(let items) = parsing.node("b")?.content else {
            Issue.record("no sequence")
            return
        }
        #expect(items.map(\.range.text) == ["3:5-3:10", "4:5-4:13"])
    }

    @Test func `a missing value is a null behind its colon`() {
        let parsing = Parsing("a:\nb: 1\n")
        #expect(parsing.tree == "{a: null, b: int(1)}")
        #expect(parsing.node("a")?.range.text == "1:3-1:3")
    }

    @Test func `columns count scalars and not bytes`() {
        let parsing = Parsing("é: [\u{1F600}, x]\n")
        guard case .sequence(let items) = parsing.node("é")?.content else {
            Issue.record("no sequence")
            return
        }
        #expect(items.map(\.range.text) == ["1:5-1:6", "1:8-1:9"])
    }

    @Test func `a byte order mark is no column`() {
        let parsing = Parsing("\u{FEFF}a: x\na: y\n")
        #expect(parsing.node("a")?.range.text == "1:4-1:5")
        #expect(parsing.mistakes == ["2:1 duplicate_key"])
    }

    @Test func `CRLF counts as one line break`() {
        let parsing = Parsing("a: x\r\nb: |\r\n  c\r\n  d\r\ne: !t f\r\n")
        #expect(parsing.tree == "{a: x, b: c\nd\n, e: f}")
        #expect(parsing.mistakes == ["5:4 yaml_tag"])
    }

    @Test(arguments: [
        "---\na: 1\n", "a: 1\n...\n", "%YAML 1.2\n---\na: 1\n...\n# end\n", "--- {a: 1}",
    ])
    func `one document may have its markers`(text: String) {
        let parsing = Parsing(text)
        #expect(parsing.tree == "{a: int(1)}")
        #expect(parsing.mistakes.isEmpty)
    }

    @Test func `the last of many keys is found`() {
        let text = (0..<5_000).map { "k\($0): \($0)\n" }.joined()
        let parsing = Parsing(text + "k7: again\n")
        guard case .mapping(let mapping) = parsing.result.root?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(mapping.entries.count == 5_000)
        #expect(mapping.entry("k4999")?.keyRange.start == Position(line: 5_000, column: 1))
        #expect(mapping["k5000"] == nil)
        #expect(parsing.mistakes == ["5001:1 duplicate_key"])
    }

    @Test func `a million keys are read`() {
        let text = "{" + (0..<1_000_000).map { String($0, radix: 36) }.joined(separator: ",") + "}"
        let parsing = Parsing(text)
        guard case .mapping(let mapping) = parsing.result.root?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(mapping.entries.count == 1_000_000)
        #expect(mapping[String(999_999, radix: 36)] != nil)
    }
}
