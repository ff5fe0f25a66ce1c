import BankConnectAPI
import Testing

struct AnswerBodyTests {
    @Test(arguments: [
        ("", "text/html", true), ("{}", "Text/HTML; charset=utf-8", true),
        ("{}", "application/xhtml+xml", true), ("<html>", nil, true),
        (" \r\n\t<!doctype html>", "application/json", true), ("\u{FEFF}<p>", nil, true),
        ("\u{FEFF} \n<p>", nil, true), ("{\"a\": \"<p>\"}", nil, false), ("", nil, false),
        ("ok", "text/plain", false), ("ok <p>", nil, false),
    ])
    func `a web page is told by its type or its first character`(
        text: String, type: String?, isPage: Bool
    ) {
        #expect(body(text, type).looksLikeHTML == isPage)
    }

    @Test(arguments: [
        (#"{"message": "success"}"#, true), (#" {"a": [1], "message":"success"} "#, true),
        (#"{"message": "Success"}"#, false), (#"{"message": null}"#, false),
        (#"{"message": ["success"]}"#, false), (#"["message", "success"]"#, false),
        (#"{"message": "success""#, false), ("success", false), ("", false),
        (#"{"message": "failure", "message": "success"}"#, false),
        (#"{"data": {"message": "success"}}"#, false),
    ])
    func `only the Session flow's own words say success`(text: String, saysSuccess: Bool) {
        #expect(body(text).saysSuccess == saysSuccess)
    }

    @Test func `blank, JSON and other text are told apart`() {
        #expect(body("").isBlank && body(" \r\n\t").isBlank && !body("x").isBlank)
        #expect(body("{}").isJSON && body(" 4 ").isJSON && !body("").isJSON && !body("ok").isJSON)
        #expect(AnswerBody(bytes: [0x61, 0xFF], contentType: nil).text == "a\u{FFFD}")
    }

    private func body(_ text: String, _ type: String? = nil) -> AnswerBody {
        AnswerBody(bytes: Array(text.utf8), contentType: type)
    }
}
