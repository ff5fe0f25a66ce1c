import BankhookModel
import Testing

@Suite struct HostPatternTests {
    @Test(arguments: [
        ("*.lender.example", "hooks.lender.example", true),
        ("*.lender.example", "a.b.lender.example", true),
        ("*.lender.example", "lender.example", false),
        ("*.lender.example", "evillender.example", false),
        ("*.lender.example", "hooks.lender.example.evil.example", false),
        ("*.Lender.EXAMPLE", "Hooks.lender.example.", true),
        ("lender.example", "LENDER.example", true),
        ("lender.example", "lender.example.", true), ("lender.example.", "lender.example", true),
        ("lender.example", "hooks.lender.example", false), ("8.8.8.8", "8.8.8.8", true),
        ("8.8.8.8", "0x8.8.8.8", true), ("[2606:4700::1]", "[2606:4700:0::1]", true),
        ("*.example", "a.example", true),
        ("*.com", "lender.example", false),
    ])
    func `a pattern admits what it names`(pattern: String, host: String, matches: Bool) throws {
        let pattern = try #require(HostPattern(pattern))
        #expect(pattern.matches(try URLHost(host)) == matches)
    }

    @Test(arguments: [
        "", "*", "*.", "*.*.example", "a.*", "*a.example", "**.example", "https://a.example",
        "a.example:443",
        "a.example/x", "*.8.8.8.8", "*.1", "*.[::1]", "a b", "bücher.example",
        "\u{212A}elvin.example", ".example",
        "u:p@a.example",
    ])
    func `what is no host and no wildcard is refused`(text: String) {
        #expect(HostPattern(text) == nil)
    }

    @Test func `without patterns every host is allowed, with none of them no host`() throws {
        let host = try URLHost("hooks.lender.example")
        #expect(Policy.none.allowsWebhook(to: host))
        #expect(!Policy(webhookHosts: [], apiHosts: [], maxChanges: nil).allowsWebhook(to: host))
        let patterns = ["other.example", "*.lender.example"].compactMap { HostPattern($0) }
        #expect(
            Policy(webhookHosts: patterns, apiHosts: [], maxChanges: nil).allowsWebhook(to: host))
        #expect(
            !Policy(webhookHosts: patterns, apiHosts: [], maxChanges: nil)
                .allowsWebhook(to: try URLHost("lender.example")))
    }
}
