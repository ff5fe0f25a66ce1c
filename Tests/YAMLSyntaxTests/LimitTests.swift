import SourceText
import Testing
import YAMLSyntax

@Suite struct LimitTests {
    private func nested(_ levels: Int) -> String {
        String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }

    @Test func `sixty-four levels are read and one more is refused`() {
        #expect(Parsing("a: " + nested(63)).mistakes.isEmpty)
        let deeper = Parsing("a: " + nested(64))
        #expect(deeper.mistakes == ["1:67 yaml_nesting"])
        #expect(deeper.result.root == nil)
        #expect(deeper.result.openKeys == ["a"])
    }

    @Test(arguments: ["[", "{a: ", "- ", "{? ", "? "])
    func `a hundred thousand levels are refused at the first too many`(opening: String) {
        let parsing = Parsing(String(repeating: opening, count: 100_000))
        #expect(parsing.mistakes.last?.hasSuffix("yaml_nesting") == true)
        #expect(parsing.result.root == nil)
    }

    @Test func `an alias counts with the levels of its node`() {
        let anchor = "x: &x " + nested(30) + "\n"
        #expect(Parsing(anchor + "a: " + deep("*x", 33)).mistakes.isEmpty)
        #expect(Parsing(anchor + "a: " + deep("*x", 34)).mistakes == ["2:38 yaml_nesting"])
    }

    private func deep(_ text: String, _ levels: Int) -> String {
        String(repeating: "[", count: levels) + text + String(repeating: "]", count: levels)
    }

    @Test func `aliases of aliases add up to levels`() {
        var text = "a0: &a0 [1]\n"
        for level in 1..<64 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(Parsing(text).mistakes == ["64:12 yaml_nesting"])
    }

    @Test func `a long row of merges adds no levels`() {
        var text = "a0: &a0 {k: {l: 1}}\n"
        for row in 1..<200 { text += "a\(row): &a\(row) {<<: *a\(row - 1)}\n" }
        for row in 200..<400 { text += "a\(row): &a\(row) {<<: [*a\(row - 1)]}\n" }
        #expect(Parsing(text).mistakes.isEmpty)
    }

    @Test func `levels that a merge brings along are counted`() {
        let text = "x: &x {k: " + nested(40) + "}\ny: &y {<<: *x}\na: "
        #expect(Parsing(text + deep("*y", 22)).mistakes.isEmpty)
        #expect(Parsing(text + deep("*y", 23)).mistakes == ["3:27 yaml_nesting"])
    }

    @Test func `an alias bomb stops at once`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<20 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let parsing = Parsing(text)
        #expect(parsing.mistakes.count == 1)
        #expect(parsing.mistakes.first?.hasSuffix("yaml_alias") == true)
        #expect(parsing.result.root == nil)
    }

    @Test func `a million nodes may be added and one more may not`() {
        // The sequence with its items is a thousand nodes.
        let list = "x: &x [" + Array(repeating: "1", count: 999).joined(separator: ",") + "]\ny: ["
        let full = list + Array(repeating: "*x", count: 1_000).joined(separator: ",")
        #expect(Parsing(full + "]\n").mistakes.isEmpty)
        #expect(Parsing(full + ", &z 1, *z]\n").mistakes == ["2:3012 yaml_alias"])
    }

    @Test func `a merge bomb stops at once`() {
        let keys = (0..<30_000).map { "k\($0): 1\n  " }.joined()
        var text = "a0: &a0\n  \(keys)\n"
        for row in 1..<2_000 { text += "a\(row): &a\(row) {own\(row): 1, <<: *a\(row - 1)}\n" }
        #expect(Parsing(text).mistakes.map { $0.split(separator: " ").last } == ["yaml_alias"])
        let inline =
            String(repeating: "{o: 1, <<: ", count: 60) + "{"
            + keys.split(separator: "\n  ")
            .joined(separator: ", ") + "}" + String(repeating: "}", count: 60)
        #expect(Parsing(inline).mistakes.map { $0.split(separator: " ").last } == ["yaml_alias"])
    }

    @Test func `a text of more than 64 MiB is refused unread`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 20)
        #expect(Parsing(bytes: bytes + [UInt8(ascii: "x")]).mistakes == ["1:1 yaml_too_large"])
    }
}
