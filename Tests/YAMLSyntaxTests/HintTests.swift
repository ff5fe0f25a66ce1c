import SourceText
import Testing
import YAMLSyntax

@Suite struct HintTests {
    private static let brace = "quote it: an unquoted { begins a mapping"
    private static let asterisk = "quote it: an unquoted * begins an alias"
    private static let colon = "put a blank after the ':'"
    private static let tab = "indent with spaces: YAML takes no tab there"
    private static let conflict =
        "this is a mark of a merge conflict: resolve it and remove the marks"

    /// The mistakes with their hints, `LINE:COLUMN code; hint`.
    private func hints(_ text: String) -> [String] {
        Parsing(text).result.diagnostics.map {
            "\($0.range.start.line):\($0.range.start.column) \($0.code)"
                + ($0.hint.map { "; \($0)" } ?? "")
        }
    }

    /// That a text has one mistake of syntax, with a hint, whatever surrounds it and ends its lines.
    private func check(
        _ text: String, _ place: String, _ hint: String, _ location: SourceLocation
    ) {
        let numbers = place.split(separator: ":").compactMap { Int($0) }
        for head in ["", "# é {x} *\n\n", "x-a: {b: c}\nx-d:\n  - \"\\t*\"\n\n"] {
            for (lineBreak, tail) in [("\n", ""), ("\n", "x-z: 1\n"), ("\r\n", "# {y}\nx-z: 1\n")] {
                let lines = head.count { $0 == "\n" }
                let whole = (head + text + tail).replacing("\n", with: lineBreak)
                let line = (numbers.first ?? 0) + lines
                #expect(
                    hints(whole) == ["\(line):\(numbers.last ?? 0) yaml_syntax; \(hint)"],
                    "\(whole.debugDescription)", sourceLocation: location)
            }
        }
    }

    @Test(arguments: [
        ("defaults:\n  webhook_url: {token}/x\n", "2:16"),
        ("environments:\n  uat:\n    webhook_url: {environment}.x.example\n    a: b\n", "3:18"),
        ("defaults:\n  a: {b_1}-{c}\n", "2:6"), ("defaults:\n  a: {b}{c}\n", "2:6"),
        ("defaults:\n  - {b}@c\n", "2:5"),
        ("defaults: {api_key: { env: {ENVIRONMENT}_KEY }}\n", "1:28"),
        ("defaults: {api_key: { env: A_{ENVIRONMENT}_KEY }}\n", "1:28"),
        ("defaults: {api_key: {env: A_{ENVIRONMENT}}}\n", "1:27"),
        ("defaults: [a,https://x.example/{b}]\n", "1:14"),
        ("defaults: [https://x.example/é/{b}/c, d]\n", "1:12"),
    ])
    func `an unquoted placeholder is to be quoted`(text: String, place: String) {
        check(text, place, HintTests.brace, #_sourceLocation)
    }

    @Test(arguments: [
        ("policy:\n  webhook_hosts: [*.lender.example]\n", "2:19"),
        ("policy:\n  webhook_hosts: [a.example, *.lender.example]\n", "2:30"),
        ("policy:\n  webhook_hosts:\n    - a.example\n    - *.lender.example\n", "4:7"),
        ("policy:\n  webhook_hosts:\n    - *\n", "3:7"), ("policy: {webhook_hosts: *}\n", "1:25"),
        ("policy: *\n", "1:9"), ("policy: *x.example\n", "1:9"),
    ])
    func `an unquoted wildcard is to be quoted`(text: String, place: String) {
        check(text, place, HintTests.asterisk, #_sourceLocation)
    }

    @Test(arguments: [
        ("version:1\nenvironments: {}\n", "1:9"),
        ("version:1\n\n  # c: d\nenvironments: {}\n", "1:9"),
        ("version:1 # c\nenvironments: {}\n", "1:9"),
        ("defaults:\n  webhook_mode:0\n  timeout: 3s\n", "2:16"),
        ("defaults:\n  webhook_mode:0\n  flow:entity\n  timeout: 3s\n", "2:16"),
        ("defaults:\n  webhook_mode: 0\n  flow:entity\n  timeout: 3s\n", "3:8"),
        ("defaults:\n  timeout: 3s\n  webhook_mode:0\n", "3:16"),
        ("defaults:\n  timeout: 3s\n  webhook_url:https://x.example\n  flow: entity\n", "3:15"),
        ("list:\n  - a:b\n    c: d\n", "2:7"), ("list:\n  - a: b\n    c:d\n", "3:7"),
        ("environments:\n  uat: {}\n  prod:{}\n", "3:8"),
        ("a: 1\nb:{c: {d: e}}\n", "2:3"), ("a:\n  b:{c: d, e: f}\n", "2:5"),
    ])
    func `a colon needs a blank behind it`(text: String, place: String) {
        for whole in [text, text.replacing("\n", with: "\r\n")] {
            #expect(hints(whole).last == "\(place) yaml_syntax; \(HintTests.colon)", "\(text)")
        }
    }

    @Test(arguments: [
        ("\tversion: 1\n", "1:1"), ("defaults:\n\twebhook_mode: 0\n", "2:1"),
        ("defaults:\n  timeout: 3s\n\twebhook_mode: 0\n", "3:1"),
        ("defaults:\n  timeout: 3s\n\n\twebhook_mode: 0\n", "4:1"),
        ("defaults:\n  \ttimeout: 3s\n", "2:3"),
        ("defaults:\n  timeout: 3s\n   \twebhook_mode: 0\n", "3:4"),
        ("defaults:\n  webhook_url:\n\t\thttps://x.example\n", "3:1"),
        ("environments:\n  uat:\n\t- a\n", "3:1"), ("list:\n  -\ta: b\n", "2:4"),
    ])
    func `a tab is no indentation`(text: String, place: String) {
        check(text, place, HintTests.tab, #_sourceLocation)
    }

    @Test(arguments: [
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n", "2:1"),
        ("<<<<<<< HEAD\nb: 1\n||||||| 12ab\n=======\nb: 2\n>>>>>>> other\n", "1:1"),
        ("<<<<<<< HEAD\n\n# c\nb: 1\n=======\nb: 2\n>>>>>>> other\n", "1:1"),
        ("a:\n  b:\n<<<<<<< HEAD\n    c: 3s\n=======\n    c: 4s\n>>>>>>> other\n    d: e\n", "3:1"),
        ("a:\n  b: 1\n<<<<<<< HEAD\n=======\n  c: 4s\n>>>>>>> other\n", "3:1"),
        ("a:\n  b: 1\n=======\n  c: 4s\n", "3:1"), ("a:\n  b: 1\n>>>>>>> other\n", "3:1"),
        ("a: |\n<<<<<<< HEAD\n  x\n=======\n  y\n>>>>>>> other\n", "2:1"),
    ])
    func `the marks of a conflict are to be removed`(text: String, place: String) {
        for whole in [text, text.replacing("\n", with: "\r\n")] {
            #expect(hints(whole).last == "\(place) yaml_syntax; \(HintTests.conflict)", "\(text)")
        }
    }

    @Test(arguments: [
        "a: 1 #\ttab\nb:\t2\t\n#\tc\nc: [\n\t1,\n\t2]\n",
        "# =======\na: |\n  =======\n  <<<<<<< x\n",
        "a: \"\n=======\nb\"\n", "a: '{x}/y'\nb: \"{x}\"\nc: x{y}z\n",
        "# *.x\na: '*.x' # *\nb: a*b\n",
        "a: {b}\n", "a: https://x.example:80/\nb: 1:30\nc: a:b\n", "a: b\n  \tc\nd:\n  - e\t# f\n",
    ])
    func `a good text has no hint`(text: String) {
        #expect(Parsing(text).result.diagnostics.isEmpty)
        #expect(Parsing(text.replacing("\n", with: "\r\n")).result.diagnostics.isEmpty)
    }

    @Test(arguments: [
        "a: b: c\n", "a: @b\n", "a: 'x\n", "a: {b: 1} c\n", "a: {b} c\n", "a: [b {c}]\n",
        "a: '{b}'c\n", "a: [x'y{b}]\n", "a: \"\n=======\n\\q\"\n", "a: \"\n=======\n",
        "# =======\na: @b\n", "# {x} * \t <<<<<<<\na: @b\n", "<<: *\n", "a: {<<: [*]}\n",
        "a:\n  https://x.example\n  b: c\n", "a:\n  1:30\n  b: c\n", "a:\n  b\n  c: d\n",
        "a: b\n  c: d\n", "a: #\t\n  'b\tc'd\n", "[\n\ta: b: c\n", "a: \tb: c\n",
        "a: 1\n  b:c\n d: e\n",
        "======= \na\nb: 1\n", "<<<<<<<< a\nb: 1\n", "a: b:c: d\n", "a: \"b\tc\": d\n",
    ])
    func `another mistake has none of these hints`(text: String) {
        let diagnostics = Parsing(text).result.diagnostics
        #expect(diagnostics.map(\.code).contains("yaml_syntax"))
        #expect(diagnostics.allSatisfy { $0.hint == nil }, "\(hints(text))")
    }

    @Test func `what more than one mistake explains has one hint`() {
        let text = "a:\n  b: 1\n<<<<<<< HEAD\n\tc:{d}/*\n"
        #expect(hints(text) == ["3:1 yaml_syntax; \(HintTests.conflict)"])
    }

    @Test func `an alias without an anchor may be a text, but none under a merge key`() {
        let hint = "if it is meant as text, quote it"
        #expect(hints("a: [*b]\n") == ["1:5 yaml_alias; \(hint)"])
        #expect(hints("a: *b\nc: {<<: {}, d: *e}\n").map { $0.hasSuffix(hint) } == [true, true])
        #expect(hints("a: {<<: *b}\nc: {<<: [*d]}\n") == ["1:9 yaml_alias", "2:10 yaml_alias"])
    }

    @Test func `no hint quotes the text`() {
        for text in [
            "a: {hunter2}/x\n", "a: *hunter2.x\n", "a: 1\nhunter2:hunter2\n", "\thunter2: 1\n",
            "<<<<<<< hunter2\na: 1\n", "a: *hunter2\n",
        ] {
            let hints = Parsing(text).result.diagnostics.compactMap(\.hint)
            #expect(hints.count == 1)
            #expect(!hints.contains { $0.contains("hunter2") })
        }
    }
}
