import SourceText
import Testing
import YAMLSyntax

@Suite struct RefusalTests {
    @Test func `a repeated key shows both places and keeps the first value`() {
        let parsing = Parsing("a: 1\nb: 2\na: 3\n")
        #expect(parsing.mistakes == ["3:1 duplicate_key"])
        #expect(parsing.result.diagnostics.first?.notes.first?.range.text == "1:1-1:2")
        #expect(parsing.tree == "{a: int(1), b: int(2)}")
    }

    @Test func `what stands under a repeated key is kept for redaction`() {
        let parsing = Parsing("a: 1\na: {b: secret}\n? [x]\n: pasted\n")
        guard case .mapping(let mapping) = parsing.result.root?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(mapping.setAside.map(\.value.range.text) == ["2:4-2:15", "4:3-4:9"])
    }

    @Test(arguments: [
        ("[a, b]: c\n", "1:1 yaml_key"), ("? {a: b}\n: c\n", "1:3 yaml_key"),
        ("? a\n: c\n", "1:1 yaml_key"), ("a: b\n? c\n", "2:1 yaml_key"),
        ("{? a : b}\n", "1:2 yaml_key"), ("- a\n- ? b\n  : c\n", "2:3 yaml_key"),
        ("a: &x [1]\n*x : 2\n", "2:1 yaml_key"),
    ])
    func `a key that is not a single value is refused`(text: String, mistake: String) {
        let parsing = Parsing(text)
        #expect(parsing.mistakes == [mistake])
        #expect(parsing.result.root != nil)
    }

    @Test(arguments: ["a?: 1\n", "a: b? c\n", "a: https://x.example/?q=1\n# ? no\nb: 1\n"])
    func `a question mark within a word is none of a key`(text: String) {
        #expect(Parsing(text).mistakes.isEmpty)
    }

    @Test(arguments: [
        "a: !x b", "a: !!str b", "a: ! b", "a: ! 'b'", "a: !<tag:x> b", "a: !x [b]",
        "a: !!map {b: c}",
        "a: !", "a: &k !x b", "a: !x &k b", "a: &k ! b",
    ])
    func `a tag is refused at the start of its node`(text: String) {
        let parsing = Parsing(text)
        #expect(parsing.mistakes == ["1:4 yaml_tag"])
        #expect(parsing.result.root != nil)
    }

    @Test func `a tag on a key and on the root, and one with an unknown handle, are refused`() {
        #expect(Parsing("!x a: b").mistakes == ["1:1 yaml_tag"])
        #expect(Parsing("--- !x\na: b").mistakes == ["1:5 yaml_tag"])
        #expect(Parsing("a: !e!x b").mistakes == ["1:4 yaml_tag"])
    }

    @Test func `an exclamation mark within a word is no tag`() {
        #expect(Parsing("a: b!\nc: '!d'\n# !\n").mistakes.isEmpty)
    }

    @Test(arguments: [
        ("%YAML 2.0\n---\na: 1\n", "1:1"), ("%YAML 1.0\n---\na: 1\n", "1:1"),
        ("# c\n\n%TAG ! tag:x,2000:\n---\na: 1\n", "3:1"), ("%FOO\n---\na: 1\n", "1:1"),
        ("%YAML 1.2\n%YAML 1.2\n---\na: 1\n", "2:1"), ("\u{FEFF}%YAML 1.3\n---\na: 1\n", "1:1"),
        ("%YAML 1.2 x\n---\na: 1\n", "1:1"), ("%YAML\t1.2\r\n%TAG\r\n---\r\na: 1\r\n", "2:1"),
        ("a: 1\n...\n%TAG ! x\n", "3:1"), ("a: 1\n%TAG ! x\n", "2:1"),
    ])
    func `every directive but one version is refused`(text: String, place: String) {
        #expect(Parsing(text).mistakes == ["\(place) yaml_directive"])
    }

    @Test(arguments: ["%YAML 1.1\n---\na: 1\n", "# c\n%YAML 1.2 # c\n---\na: 1\n"])
    func `a version that is known is accepted`(text: String) {
        #expect(Parsing(text).tree == "{a: int(1)}")
        #expect(Parsing(text).mistakes.isEmpty)
    }

    @Test(arguments: ["", "a: 1\n", "a: 1\n...\n", "---\n", "a: &x 1\n...\n# c\n"])
    func `a megabyte of tag directives is refused unread`(head: String) {
        let tags = (0..<50_000).map { "%TAG !t\($0)! tag:x:\n" }.joined()
        let parsing = Parsing(head + tags + "---\nb: 1\n")
        #expect(parsing.mistakes.map { $0.split(separator: " ").last } == ["yaml_directive"])
    }

    @Test(arguments: ["", "\n\n", "# only\n  # comments\n", "\u{FEFF}", "---\n", "--- # x\n...\n"])
    func `a text without a value is refused`(text: String) {
        let parsing = Parsing(text)
        #expect(parsing.mistakes == ["1:1 yaml_empty"])
        #expect(parsing.result.root == nil)
    }

    @Test(arguments: [
        ("a: 1\n---\nb: 2\n", "2:1 yaml_second_document"),
        ("a: 1\n---\n", "2:1 yaml_second_document"),
        ("a: 1\n...\n# c\n---\n", "4:1 yaml_second_document"),
        ("---\na: 1\n--- b\n", "3:1 yaml_second_document"),
        ("a: 1\n...\n...\nb: 1\n", "4:1 yaml_syntax"), ("{a: 1} b", "1:8 yaml_syntax"),
    ])
    func `anything behind the document is refused, and its tree stays`(
        text: String, mistake: String
    ) {
        let parsing = Parsing(text)
        #expect(parsing.mistakes == [mistake])
        #expect(parsing.tree == "{a: int(1)}")
        #expect(parsing.result.diagnostics.allSatisfy { $0.excerpt == .omitted })
    }

    @Test(arguments: [
        ("a: [1, 2\nb: 3\n", "2:2"), ("a: b: c\n", "1:5"), ("a: @b\n", "1:4"),
        ("\ta: b\n", "1:1"), ("a:\n\t- b\n", "2:1"), ("a: 'x\n", "2:1"), ("a: *\n", "1:4"),
        ("a: \"\\q\"\n", "1:5"), ("é: [\n", "2:1"), ("é: [1", "1:6"), ("%YAML 1.2", "1:10"),
        ("a: 1\n b: 2\n", "2:3"),
    ])
    func `what libyaml cannot read has a place and no tree`(text: String, place: String) {
        let parsing = Parsing(text)
        #expect(parsing.mistakes == ["\(place) yaml_syntax"])
        #expect(parsing.result.root == nil)
    }

    @Test func `a syntax error names the keys that are open`() {
        let text = "defaults:\n  x: 1\nenvironments:\n  uat:\n    credentials:\n      api_key: @x\n"
        let parsing = Parsing(text)
        #expect(parsing.mistakes == ["6:16 yaml_syntax"])
        #expect(parsing.result.openKeys == ["environments", "uat", "credentials", "api_key"])
        #expect(Parsing("a: {b: 1, c: [d, @]}").result.openKeys == ["a", "c"])
        #expect(Parsing("a: 1").result.openKeys.isEmpty)
    }

    @Test func `without a tree only the syntax error may show its line`() {
        let parsing = Parsing("a: 1\na: 2\nb: @\n")
        #expect(parsing.mistakes == ["2:1 duplicate_key", "3:4 yaml_syntax"])
        #expect(parsing.result.diagnostics.map(\.excerpt) == [.omitted, .shown])
    }

    @Test func `mistakes that leave a tree are all reported`() {
        let parsing = Parsing("a: !t 1\na: *u\nb: \"\\0\"\n[c]: d\n<<: 1\n")
        #expect(
            parsing.mistakes == [
                "1:4 yaml_tag", "2:1 duplicate_key", "2:4 yaml_alias", "3:4 yaml_character",
                "4:1 yaml_key", "5:5 yaml_merge",
            ])
    }

    @Test func `mistakes beyond a thousand are counted`() {
        let parsing = Parsing(String(repeating: "a: 1\n", count: 5_001))
        #expect(parsing.result.diagnostics.count == 1_000)
        #expect(parsing.result.uncollectedErrors == 4_000)
        let broken = Parsing(String(repeating: "a: 1\n", count: 5_001) + "b: @\n")
        #expect(broken.mistakes.last == "5002:4 yaml_syntax")
        #expect(broken.result.diagnostics.count + broken.result.uncollectedErrors == 5_001)
    }

    @Test func `no message quotes a value, an anchor or an alias`() {
        let text =
            "a: &hunter2 !hunter2 hunter2\nb: *hunter2x\nc: &hunter2 \"hunter2\\e\"\n<<: hunter2\n"
        for text in [
            text, text + "d: @hunter2", text + "--- hunter2", "%hunter2", "{a: 1} hunter2",
        ] {
            let messages = Parsing(text).messages
            #expect(!messages.isEmpty)
            #expect(!messages.contains { $0.contains("hunter2") })
        }
    }

    @Test func `a key is quoted printable and short`() {
        let key = "x\u{301}" + String(repeating: "y", count: 100)
        let messages = Parsing("\(key): 1\n\(key): 2\n").messages
        #expect(
            messages.first == "the key 'x\u{301}\(String(repeating: "y", count: 62))…' is repeated")
    }
}
