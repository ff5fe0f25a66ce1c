import SourceText
import Testing

@Suite struct VocabularyTests {
    private let keys: Vocabulary = [
        "webhook_url", "webhook_mode", "base_url", "flow", "probe", "timeout",
    ]

    @Test(arguments: [
        ("webook_url", "webhook_url"), ("webhook_ulr", "webhook_url"),
        ("Webhook_URL", "webhook_url"),
        ("flwo", "flow"), ("prob", "probe"), ("time_out", "timeout"),
        ("webhook_mdoe", "webhook_mode"), ("bbase_url", "base_url"), ("floww", "flow"),
    ])
    func `the nearest word is suggested`(word: String, meant: String) {
        #expect(keys.nearest(to: word) == meant)
    }

    @Test(arguments: ["", "x", "credentials", "fast", String(repeating: "flow", count: 20), "ﬂοω"])
    func `nothing is suggested when nothing is near`(word: String) {
        #expect(keys.nearest(to: word) == nil)
    }

    @Test func `short words have to be equal but for their case`() {
        #expect(Vocabulary(["b"]).nearest(to: "a") == nil)
        #expect(Vocabulary(["ac", "AB"]).nearest(to: "ab") == "AB")
    }

    @Test func `of equally near words the first in order is taken`() {
        #expect(Vocabulary(["car", "bat"]).nearest(to: "cat") == "bat")
    }

    @Test
    func `near is a third of the longer word by insertions deletions substitutions and swaps`() {
        let words = (0...3).reduce(into: [""]) { words, length in
            words += words.filter { $0.count == length }.flatMap { word in
                "abc".map { word + String($0) }
            }
        }
        let unlike = words.flatMap { left in
            words.filter { right in
                let isNear = edits(left[...], right[...]) <= max(left.count, right.count) / 3
                return (Vocabulary([right]).nearest(to: left) != nil) != isNear
            }.map { (left, $0) }
        }
        #expect(unlike.isEmpty)
    }

    /// The distance by its definition.
    private func edits(_ left: Substring, _ right: Substring) -> Int {
        guard let first = left.first, let other = right.first else {
            return max(left.count, right.count)
        }
        let (leftRest, rightRest) = (left.dropFirst(), right.dropFirst())
        var best = edits(leftRest, rightRest) + (first == other ? 0 : 1)
        guard best > 0 else { return 0 }
        best = min(best, edits(leftRest, right) + 1, edits(left, rightRest) + 1)
        if first == rightRest.first, other == leftRest.first {
            best = min(best, edits(leftRest.dropFirst(), rightRest.dropFirst()) + 1)
        }
        return best
    }
}
