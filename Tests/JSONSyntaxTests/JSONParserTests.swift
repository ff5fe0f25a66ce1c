import JSONSyntax
import Testing

@Suite struct JSONParserTests {
    private func parse(_ text: String) throws(JSONSyntaxError) -> JSONValue {
        try JSONParser.parse(Array(text.utf8))
    }

    private func mistake(_ bytes: [UInt8]) -> String? {
        do throws(JSONSyntaxError) {
            _ = try JSONParser.parse(bytes)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        arguments: [
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
            ("0", .integer(0)), ("-7", .integer(-7)), (" \t\r\n1 \n", .integer(1)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("\"\"", .string("")), ("[]", .array([])), ("{}", .object([])), ("[ ]", []),
            ("{ }", [:]),
            ("[1, [2], {\"a\": null}]", [.integer(1), [.integer(2)], ["a": .null]]),
            ("{\"b\":1,\"a\":2}", ["b": .integer(1), "a": .integer(2)]),
            ("{\"\": 1}", ["": .integer(1)]),
        ] as [(String, JSONValue)])
    func `a value of RFC 8259 is read`(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(arguments: [
        "-0", "1e400", "-1E+5", "0.5", "1.0", "2e-3", "9223372036854775808", "0e0",
        "123456789012345678901234567890",
    ])
    func `a number that is no machine integer stays as it was written`(text: String) throws {
        #expect(try parse(text) == .number(text))
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
        (#""\ud83d\ude00""#, "😀"), (#""a\u0000b""#, "a\u{0}b"),
        ("\"\u{7F}é\u{2028}\"", "\u{7F}é\u{2028}"),
        (#""x\n""#, "x\n"),
    ])
    func `escapes and characters are read`(text: String, value: String) throws {
        guard case .string(let read) = try parse(text) else {
            Issue.record("no string")
            return
        }
        #expect(Array(read.utf8) == Array(value.utf8))
    }

    @Test(arguments: [
        ("", "unexpected end at byte 0"), ("  ", "unexpected end at byte 2"),
        ("nul", "unexpected character at byte 0"), ("True", "unexpected character at byte 0"),
        ("NaN", "unexpected character at byte 0"), ("'a'", "unexpected character at byte 0"),
        ("+1", "unexpected character at byte 0"), (".5", "unexpected character at byte 0"),
        ("01", "a number with a leading zero at byte 2"),
        ("-01", "a number with a leading zero at byte 3"), ("-", "expected a digit at byte 1"),
        ("1.", "expected a digit at byte 2"), ("1e", "expected a digit at byte 2"),
        ("1e+", "expected a digit at byte 3"), ("0x1", "text after the value at byte 1"),
        ("1 2", "text after the value at byte 2"), ("nullx", "text after the value at byte 4"),
        ("[1,]", "unexpected character at byte 3"), ("[1 2]", "expected ',' or ']' at byte 3"),
        ("[", "unexpected end at byte 1"), ("]", "unexpected character at byte 0"),
        ("{\"a\":1,}", "expected a key at byte 7"), ("{\"a\" 1}", "expected ':' at byte 5"),
        ("{\"a\":}", "unexpected character at byte 5"), ("{a:1}", "expected a key at byte 1"),
        ("{1:1}", "expected a key at byte 1"),
        ("{\"a\":1 \"b\":2}", "expected ',' or '}' at byte 7"),
        ("{\"a\":1,\"b\":2,\"a\":3}", "duplicate key at byte 13"),
        (#"{"a":1,"\u0061":2}"#, "duplicate key at byte 7"),
        ("\"a", "a string without an end at byte 2"),
        ("\"a\nb\"", "a control character in a string at byte 2"),
        ("\"\u{0}\"", "a control character in a string at byte 1"),
        (#""\x""#, "an unknown escape at byte 3"), ("\"\\", "an unknown escape at byte 2"),
        (#""\u12""#, "expected four hexadecimal digits at byte 3"),
        (#""\u+123""#, "expected four hexadecimal digits at byte 3"),
        (#""\u-123""#, "expected four hexadecimal digits at byte 3"),
        (#""\ud83d""#, "an unpaired surrogate at byte 7"),
        (#""\ud83dx""#, "an unpaired surrogate at byte 7"),
        (#""\ude00""#, "an unpaired surrogate at byte 7"),
        (#""\ud83d\u0041""#, "an unpaired surrogate at byte 13"),
        (#""\ud83d\ud83d""#, "an unpaired surrogate at byte 13"),
        ("\u{FEFF}{}", "unexpected character at byte 0"),
        ("// c\n1", "unexpected character at byte 0"),
        ("\u{A0}1", "unexpected character at byte 0"),
        ("<<<<<<< HEAD\n{}", "unexpected character at byte 0"),
    ])
    func `what is no JSON is refused where it goes wrong`(text: String, message: String) {
        #expect(mistake(Array(text.utf8)) == message)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xC3, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
        ] as [[UInt8]])
    func `a string that is not UTF-8 is refused`(bytes: [UInt8]) {
        #expect(mistake(bytes) == "invalid UTF-8 at byte 1")
    }

    @Test func `keys that only look equal are two keys`() throws {
        #expect(mistake(Array("{\"\u{E9}\": 1, \"e\u{301}\": 2}".utf8)) == nil)
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `64 levels are read, one more is refused`(opening: String) throws {
        let closing = opening == "[" ? "]" : "}"
        func nested(_ levels: Int) -> String {
            String(repeating: opening, count: levels - 1) + "\(opening == "[" ? "[]" : "{}")"
                + String(repeating: closing, count: levels - 1)
        }
        #expect(mistake(Array(nested(64).utf8)) == nil)
        #expect(mistake(Array(nested(65).utf8))?.hasPrefix("nested too deeply") == true)
        let endless = String(repeating: opening, count: 100_000)
        #expect(mistake(Array(endless.utf8))?.hasPrefix("nested too deeply") == true)
    }

    @Test func `a text cut at any byte is refused`() {
        let whole = #"""
            {"a": [1, -2.5e+10, true, false, null], "é\u00e9": "x\"\\\ud83d\ude00", "o": {"p": []}}
            """#
        let bytes = Array(whole.utf8)
        #expect(mistake(bytes) == nil)
        for length in 0..<bytes.count {
            #expect(mistake(Array(bytes.prefix(length))) != nil, "cut at \(length)")
        }
    }

    @Test func `a text with any byte changed has a verdict within the text`() {
        let bytes = Array(#"{"a": [1, -2.5e+10, true, null], "\ud83d\ude00": "x\"é"}"#.utf8)
        for index in bytes.indices {
            for change: UInt8 in 0...255 {
                var changed = bytes
                changed[index] = change
                do throws(JSONSyntaxError) {
                    _ = try JSONParser.parse(changed)
                } catch {
                    #expect((0...changed.count).contains(error.offset))
                }
            }
        }
    }

    @Test func `a member is found by its key, and only in an object`() throws {
        let value = try parse("{\"a\": {\"b\": 1}}")
        #expect(value["a"]?["b"] == .integer(1))
        #expect(value["b"] == nil)
        #expect(value["a"]?["b"]?["c"] == nil)
        #expect(JSONValue.optional(nil as String?) == .null)
        #expect(JSONValue.optional("x") == .string("x"))
        #expect(JSONValue.optional(nil as Int?) == .null)
        #expect(JSONValue.optional(1) == .integer(1))
    }
}
