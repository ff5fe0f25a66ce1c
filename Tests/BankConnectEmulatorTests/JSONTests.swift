@testable import BankConnectEmulator
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "1.0", "-12.50e+3", "1E9", #""""#, #""a\"b\\c\n""#,
        "[]", "[1,[2],{}]", #"{"a":1,"a":2,"b":{"c":[null]}}"#, #""é😀""#, #""\u0001\u007f""#,
    ])
    func `a text comes back as it was`(text: String) {
        #expect(JSONParser.parse(Array(text.utf8))?.text == text)
    }

    @Test(arguments: [
        (#" { "a" : [ 1 , 2 ] } "#, #"{"a":[1,2]}"#), (#""\u00e9\ud83d\ude00\/""#, #""é😀/""#),
    ])
    func `blanks and escapes are understood`(text: String, expected: String) {
        #expect(JSONParser.parse(Array(text.utf8))?.text == expected)
    }

    @Test(arguments: [
        "", " ", "nul", "01", "+1", "1.", ".5", "1e", "-", "'a'", #""a"#, "\"\n\"", #""\x""#,
        #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, "[1,]", "[1 2]", "[", #"{"a"}"#, #"{"a":1,}"#,
        "{a:1}", #"{"a":1"#, "1 2", "NaN", "[]]",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(JSONParser.parse(Array(text.utf8)) == nil)
    }

    @Test func `what is not UTF-8, or nested without end, is refused`() {
        #expect(JSONParser.parse([0x22, 0xFF, 0x22]) == nil)
        #expect(JSONParser.parse(Array(repeating: UInt8(ascii: "["), count: 1 << 20)) == nil)
    }
}
