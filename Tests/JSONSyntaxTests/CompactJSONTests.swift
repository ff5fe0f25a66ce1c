import JSONSyntax
import Testing

struct CompactJSONTests {
    @Test(arguments: [
        #"{"b":1,"a":[null,true,false,-0,1.50,1e3],"c":{},"d":[]}"#,
        #"{"text":"a \"quote\", a \\, a \n and \u0001 and é"}"#, #""""#, "[]", "17",
    ])
    func `a value on one line is read as it was written, members in their order`(
        text: String
    ) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        #expect(CompactJSON.text(value) == text)
    }

    @Test func `no line holds a line break`() {
        let value = JSONValue.string("a\nb\r\u{2028}c\u{B}")
        #expect(CompactJSON.bytes(value).allSatisfy { $0 != 0x0A && $0 != 0x0D })
    }
}
