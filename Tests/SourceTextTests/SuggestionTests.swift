import SourceText
import Testing

@Suite struct SuggestionTests {
    private let keys = ["webhook_url", "webhook_mode", "base_url", "flow", "probe", "timeout"]

    @Test(arguments: [
        ("webook_url", "webhook_url"), ("webhook_ulr", "webhook_url"),
        ("Webhook_URL", "webhook_url"),
        ("flwo", "flow"), ("prob", "probe"), ("time_out", "timeout"),
    ])
    func `the nearest word is suggested`(word: String, meant: String) {
        #expect(Suggestion.nearest(to: word, among: keys) == meant)
    }

    @Test(arguments: ["", "x", "credentials", "fast", String(repeating: "flow", count: 20)])
    func `nothing is suggested when nothing is near`(word: String) {
        #expect(Suggestion.nearest(to: word, among: keys) == nil)
    }

    @Test func `short words have to be equal but for their case`() {
        #expect(Suggestion.nearest(to: "a", among: ["b"]) == nil)
        #expect(Suggestion.nearest(to: "ab", among: ["ac", "AB"]) == "AB")
    }

    @Test func `of equally near words the first in order is taken`() {
        #expect(Suggestion.nearest(to: "cat", among: ["car", "bat"]) == "bat")
    }
}
