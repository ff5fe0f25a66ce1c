import JSONSyntax
import Testing

@Suite struct CanonicalJSONTests {
    @Test func `keys are sorted, two spaces indent, and one newline ends the text`() {
        let value: JSONValue = [
            "b": [.integer(1), .bool(true), ["y": .null, "x": "z"], []],
            "a": [:],
            "B": .number("1e400"),
        ]
        #expect(
            CanonicalJSON.text(value) == """
                {
                  "B": 1e400,
                  "a": {},
                  "b": [
                    1,
                    true,
                    {
                      "x": "z",
                      "y": null
                    },
                    []
                  ]
                }

                """)
    }

    @Test(
        arguments: [
            (.null, "null\n"), (.bool(false), "false\n"), (.integer(-5), "-5\n"),
            (.string("a"), "\"a\"\n"), (.array([]), "[]\n"), (.object([]), "{}\n"),
        ] as [(JSONValue, String)])
    func `a value alone is a text`(value: JSONValue, text: String) {
        #expect(CanonicalJSON.text(value) == text)
    }

    @Test func `control characters are escaped as jq does, all else is written as it is`() {
        let value = JSONValue.string("\"\\/\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}é\u{2028}😀")
        #expect(
            CanonicalJSON.text(value)
                == #""\"\\/\n\r\t\b\f\u0000\u001f\u007fé"# + "\u{2028}😀\"\n")
    }

    @Test func `keys are sorted by their bytes`() {
        let value: JSONValue = [
            "é": .null, "aa": .null, "a": .null, "a_": .null, "a.b": .null, "Z": .null, "😀": .null,
            "\u{FFFD}": .null,
        ]
        let keys = CanonicalJSON.text(value).split(separator: "\n").dropFirst().dropLast()
            .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
        #expect(keys == ["Z", "a", "a.b", "a_", "aa", "é", "\u{FFFD}", "😀"])
    }

    @Test(arguments: [
        #"{"applied":null,"serial":0,"z":[{"a":"\u001b"}]}"#, "[[[]],{\"a\":{\"b\":[1,2]}}]",
    ])
    func `canonical text read and written again is the same`(text: String) throws {
        let once = CanonicalJSON.text(try JSONParser.parse(Array(text.utf8)))
        let twice = CanonicalJSON.text(try JSONParser.parse(Array(once.utf8)))
        #expect(once == twice)
    }
}
