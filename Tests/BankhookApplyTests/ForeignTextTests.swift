@testable import BankhookApply
import BankhookModel
import Testing

struct ForeignTextTests {
    private static let secret = "sk_live-9f8E7d6C5b4A"

    @Test func `a text without a secret is shown as it is`() throws {
        let text = #"{"detail": "Authentication credentials were not provided."}"#
        #expect(try shown(text) == text)
        #expect(try shown("") == "")
    }

    @Test func `a text that holds a secret is not shown at all`() throws {
        #expect(try shown("wrong key \(Self.secret), try again") == "<redacted>")
        #expect(try shown("wrong key 7d6C5b4A") == "<redacted>")
    }

    @Test func `it is searched before it is cut`() throws {
        let filling = String(repeating: "a b ", count: 10_000)
        #expect(try shown(filling + Self.secret) == "<redacted>")
        let half = String(repeating: "-", count: 508) + Self.secret
        #expect(try shown(half) == "<redacted>")
    }

    @Test func `512 characters are shown, and a cut is`() throws {
        let text = String(repeating: "a", count: 512)
        #expect(try shown(text) == text)
        #expect(try shown(text + "a") == text + "…")
        let wide = String(repeating: "é", count: 512)
        #expect(try shown(wide + "é") == wide + "…")
    }

    @Test(arguments: [
        ("a\nb", #"a\nb"#), ("\u{1B}[2J", #"\u{1B}[2J"#), ("::error::x", #"\::error::x"#),
        ("  ::error::x", #"\  ::error::x"#), ("##[error]x", #"##\[error]x"#),
        ("a\u{202E}b", #"a\u{202E}b"#),
    ])
    func `what would move the cursor or command a CI system is escaped`(
        text: String, words: String
    ) throws {
        #expect(try shown(text) == words)
    }

    private func shown(_ text: String) throws -> String {
        ForeignText(text, secrets: [try #require(Secret(Self.secret))]).shown
    }
}
