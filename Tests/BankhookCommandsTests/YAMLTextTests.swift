import Testing

@testable import BankhookCommands

@Suite struct YAMLTextTests {
    @Test(arguments: [
        ("bankhook.state", "bankhook.state"), ("/run/secrets/key", "/run/secrets/key"),
        (
            "https://h.example:8443/b/{token}?a=b&c='d'",
            "https://h.example:8443/b/{token}?a=b&c='d'"
        ),
        ("UAT_API_KEY", "UAT_API_KEY"), ("_X", "_X"), ("uat-2", "uat-2"),
        ("", "\"\""), ("1", "\"1\""), ("2024-01-01", "\"2024-01-01\""), ("1e5", "\"1e5\""),
        (".5", "\".5\""), ("../roots.pem", "\"../roots.pem\""), ("-x", "\"-x\""),
        ("null", "\"null\""), ("NO", "\"NO\""), ("True", "\"True\""), ("~", "\"~\""),
        ("a b", "\"a b\""), ("a:", "\"a:\""), ("a: b", "\"a: b\""), ("a #b", "\"a \\x23b\""),
        ("a##[group]", "\"a\\x23\\x23[group]\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
        ("a\nb\tc", "\"a\\nb\\tc\""), ("a\u{202E}b", "\"a\\U0000202Eb\""), ("größe", "\"größe\""),
    ])
    func `a string is quoted where it could be taken for something else`(
        text: String, expected: String
    ) {
        #expect(YAMLText.block(text) == expected)
    }

    @Test(arguments: [
        ("hooks.lender.example", "hooks.lender.example"),
        ("*.lender.example", "\"*.lender.example\""),
        ("a,b", "\"a,b\""), ("a{b}", "\"a{b}\""), ("[::1]", "\"[::1]\""), ("a:b", "\"a:b\""),
    ])
    func `between braces more is quoted`(text: String, expected: String) {
        #expect(YAMLText.flow(text) == expected)
    }
}
