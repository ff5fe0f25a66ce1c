import SourceText
import Testing
import YAMLSyntax

@Suite struct AliasTests {
    @Test func `an alias is the node of its anchor`() {
        let parsing = Parsing("a: &x [1, {b: 2}]\nc: *x\nd: &y e\n*y : f\n")
        #expect(parsing.tree == "{a: [int(1), {b: int(2)}], c: [int(1), {b: int(2)}], d: e, e: f}")
        #expect(parsing.node("c")?.range.text == "1:4-1:18")
        #expect(parsing.mistakes.isEmpty)
    }

    @Test func `an alias needs an anchor before it`() {
        let parsing = Parsing("a: *x\nb: &x 1\n")
        #expect(parsing.mistakes == ["1:4 yaml_alias"])
        #expect(parsing.tree == "{a: refused, b: int(1)}")
    }

    @Test(arguments: [
        ("a: &x [*x]\n", "1:8"), ("&x a: *x\nb: &y {c: [*y]}\n", "2:12"),
        ("&r\na: &x\n  <<: *r\n", "3:7"),
    ])
    func `an alias inside of its anchor is refused`(text: String, place: String) {
        #expect(Parsing(text).mistakes == ["\(place) yaml_alias"])
    }

    @Test(arguments: [
        ("a: &x 1\nb: &x 2\n", "2:4"), ("a: &x [&x 1]\n", "1:8"), ("&x a: &x b\n", "1:7"),
        ("a: &x {}\nb: &x {}\nc: *x\n", "2:4"),
    ])
    func `an anchor is defined once`(text: String, place: String) {
        let parsing = Parsing(text)
        #expect(parsing.mistakes == ["\(place) yaml_anchor"])
        #expect(parsing.result.diagnostics.first?.notes.count == 1)
    }

    @Test func `merged keys lose against own ones, and later sources against earlier ones`() {
        let text = """
            one: &one {a: 1, b: 1, c: 1}
            two: &two {b: 2, c: 2, d: 2}
            all:
              c: 0
              <<: [*one, *two, {d: 3, e: 3}]
              f: 0
            """
        let parsing = Parsing(text)
        #expect(parsing.mistakes.isEmpty)
        guard case .mapping(let mapping) = parsing.node("all")?.content else {
            Issue.record("no mapping")
            return
        }
        let values = mapping.entries.map { entry -> String in
            guard case .scalar(let scalar) = entry.value.content else { return "?" }
            return "\(entry.key)\(scalar.text)"
        }
        #expect(values == ["c0", "f0", "a1", "b1", "d2", "e3"])
        #expect(mapping.entry("a")?.keyRange.text == "1:12-1:13")
    }

    @Test func `what was merged is merged on`() {
        let text =
            "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\nd: {<<: {z: 3}}\nl: &l [*a, *b]\ne: {<<: *l}\n"
        let parsing = Parsing(text)
        #expect(parsing.mistakes.isEmpty)
        #expect(
            parsing.tree
                == "{a: {x: int(1)}, b: {y: int(2), x: int(1)}, c: {y: int(2), x: int(1)}, "
                + "d: {z: int(3)}, l: [{x: int(1)}, {y: int(2), x: int(1)}], "
                + "e: {x: int(1), y: int(2)}}")
    }

    @Test func `a merged mapping with many keys is searched like any other`() {
        let keys = (0..<40).map { "k\($0): 1" }.joined(separator: ", ")
        let parsing = Parsing("a: &a {\(keys)}\nb: {k3: 2, <<: *a, own: 3}\n")
        guard case .mapping(let mapping) = parsing.node("b")?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(mapping.entries.count == 41)
        #expect(mapping.entry("k3")?.value.range.text == "2:9-2:10")
        #expect(mapping.entry("k39")?.value.range.start.line == 1)
        #expect(mapping["<<"] == nil)
    }

    @Test(arguments: [
        ("a: {<<: 1}\n", "1:9"), ("a: {<<: }\n", "1:9"), ("a: {<<: [{b: 1}, 2]}\n", "1:18"),
        ("x: &x 1\na: {<<: *x}\n", "2:9"), ("x: &x [1]\na: {<<: *x}\n", "2:9"),
        ("a: {<<: [[{b: 1}]]}\n", "1:10"), ("<<:\n", "1:4"),
    ])
    func `only mappings can be merged`(text: String, place: String) {
        #expect(Parsing(text).mistakes == ["\(place) yaml_merge"])
    }

    @Test func `one merge key a mapping`() {
        let parsing = Parsing("a: &a {x: 1}\nb:\n  <<: *a\n  <<: {y: 2}\n")
        #expect(parsing.mistakes == ["4:3 duplicate_key"])
        #expect(parsing.result.diagnostics.first?.notes.first?.range.text == "3:3-3:5")
        #expect(parsing.tree == "{a: {x: int(1)}, b: {x: int(1)}}")
    }

    @Test(arguments: ["'<<'", "\"<<\""])
    func `a quoted merge key is a key like any other`(key: String) {
        let parsing = Parsing("\(key): 1\n")
        #expect(parsing.mistakes.isEmpty)
        #expect(parsing.tree == "{<<: int(1)}")
    }

    @Test func `what is written out under a merge key is kept for redaction`() {
        let parsing = Parsing("x: &x {a: 1}\nb: {<<: [*x, {a: pasted}]}\nc: {<<: *x}\n")
        func setAside(_ key: String) -> Int? {
            guard case .mapping(let mapping) = parsing.node(key)?.content else { return nil }
            return mapping.setAside.count
        }
        #expect(setAside("b") == 1)
        #expect(setAside("c") == 0)
    }
}
