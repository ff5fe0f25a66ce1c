import Testing

@testable import YAMLSyntax

@Suite struct ScalarTests {
    @Test(arguments: ["", "~", "null", "Null", "NULL"])
    func `null is written in five ways`(text: String) {
        #expect(YAMLScalar(text: text, isPlain: true).resolved == .null)
    }

    @Test(arguments: [
        ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false),
        ("FALSE", false),
    ])
    func `only true and false are booleans`(text: String, value: Bool) {
        #expect(YAMLScalar(text: text, isPlain: true).resolved == .bool(value))
    }

    @Test(arguments: [
        "0", "1", "-1", "+1", "01", "0x1", "0xfF", "0o7", "1" + String(repeating: "0", count: 400),
        String(repeating: "9", count: 10_000),
    ])
    func `an integer may have any length and is not converted`(text: String) {
        let scalar = YAMLScalar(text: text, isPlain: true)
        #expect(scalar.resolved == .integer)
        #expect(scalar.text == text)
    }

    @Test(arguments: [
        "1.0", "1.", ".5", "-1e3", "1E+400", "6.8523015e+5", ".inf", "-.Inf", "+.INF", ".nan",
        ".NaN", ".NAN",
    ])
    func `fractions, exponents, infinity and not-a-number are floats`(text: String) {
        #expect(YAMLScalar(text: text, isPlain: true).resolved == .float)
    }

    @Test(arguments: [
        "no", "on", "yes", "off", "y", "tRue", "1_000", "0b1", "0o8", "0x", "0o", "-0x1", "1:30",
        "-",
        "+", ".", "e3", "1e", "1e+", "+.nan", "..5", "1.5.1", "2026-11-25", "٣", "0x1g", "-.",
        "inf",
        "nUll",
    ])
    func `everything else is a string`(text: String) {
        #expect(YAMLScalar(text: text, isPlain: true).resolved == .string)
    }

    @Test(arguments: [#""1""#, "'true'", "|\n  1\n", ">-\n  null\n"])
    func `quoted and block scalars are strings whatever they look like`(text: String) {
        guard case .scalar(let scalar) = Parsing("a: \(text)").node("a")?.content else {
            Issue.record("no scalar")
            return
        }
        #expect(!scalar.isPlain)
        #expect(scalar.resolved == .string)
    }
}
