import BankhookModel
import Testing

@Suite struct NamePatternTests {
    private func matches(_ pattern: String, _ name: String) throws -> Bool {
        NamePattern(pattern).matches(try #require(EnvironmentName(name)))
    }

    @Test(arguments: [
        ("uat", "uat"), ("*", "uat"), ("u*", "uat"), ("*t", "uat"), ("*a*", "uat"), ("u**t", "uat"),
        ("???", "uat"),
        ("u?t", "uat"), ("[tu]at", "uat"), ("[a-z]at", "uat"), ("[!a-t]at", "uat"),
        ("[^a-t]at", "uat"),
        ("eu-[0-9]", "eu-1"), ("eu[-_]1", "eu-1"), ("eu[a-]1", "eu-1"), ("a*b*c", "a-b-b-c"),
        ("*-*-*", "a-b-c"),
        ("[]u]at", "uat"), ("[!]x]at", "uat"), ("uat*", "uat"),
    ])
    func `a glob that fits matches`(pattern: String, name: String) throws {
        #expect(try matches(pattern, name))
    }

    @Test(arguments: [
        ("", "uat"), ("ua", "uat"), ("uatx", "uat"), ("UAT", "uat"), ("?", "uat"), ("????", "uat"),
        ("[a-t]at", "uat"),
        ("[!u]at", "uat"), ("a*", "uat"), ("[uat]", "uat"), ("[u", "u"), ("[]", "u"), ("[!]", "u"),
        ("[z-a]", "m"),
        ("[!]u]at", "uat"), ("u\\*", "uat"), ("*-", "uat"),
    ])
    func `one that does not fit the whole name does not match`(pattern: String, name: String) throws
    {
        #expect(try !matches(pattern, name))
    }

    @Test func `many stars need no more than a moment`() throws {
        let name = String(repeating: "a", count: 63)
        #expect(try !matches(String(repeating: "*a", count: 60) + "*b", name))
        #expect(try matches(String(repeating: "*a", count: 60) + "*", name))
        #expect(try matches(String(repeating: "*", count: 100_000), name))
    }

    @Test func `a pattern keeps its text`() {
        #expect(NamePattern("eu-*").text == "eu-*")
    }
}
