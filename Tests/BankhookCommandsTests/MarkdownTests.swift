import BankhookPlan
import Testing

@testable import BankhookCommands

/// Text from elsewhere in Markdown: it is shown, and forms nothing.
@Suite struct MarkdownTests {
    static let hostile = [
        "@octocat", "#1", "octo/repo#1", "GH-12", "!12", "&3", "a@b.example",
        "https://evil.example", "www.evil.example", "[x](https://evil.example)",
        "![x](https://evil.example/x.png)", "<img src=x onerror=alert(1)>", "<!-- x -->", "-->",
        "&lt;b&gt;", "a | b | c", "# heading", "1. one", "2) two", "- item", "> quote", "---",
        "***", "~~~", "```", "`", "``a`b", "`a` @b `c`", "a`", "`a", " ` ", "   ",
        "`\u{301}a", "a`\u{301}", " \u{301}@x", "``\u{301}`` @y", "\\`@x\\`", "\\", "a\nb\n# c",
        "\r\n\r\n@x", "::error::x", "##[command]x", "##vso[task.setvariable]x", "/close", ":tada:",
        "$`x`$", "$$x$$", "*a* _b_ ~c~ __d__", "deadbeefcafe", "Defaced", "0123456", "a:b:c",
        "\u{202E}@x", "\u{200B}@x", "ünïcode @x", "[ ] todo", "[^1]", "|", "", "~label",
        "%milestone",
    ]

    /// Everything that stands in no code span, by the rule of CommonMark: a run of backticks is
    /// closed by the next run of the same length. Nil where a run is not closed.
    private func outsideSpans(_ markdown: String) -> String? {
        var rest = Array(markdown.unicodeScalars)[...]
        var outside = ""
        while let scalar = rest.first {
            guard scalar == "`" else {
                outside.unicodeScalars.append(scalar)
                rest = rest.dropFirst()
                continue
            }
            let fence = rest.prefix { $0 == "`" }.count
            rest = rest.dropFirst(fence)
            var isClosed = false
            while !rest.isEmpty, !isClosed {
                rest = rest.drop { $0 != "`" }
                let run = rest.prefix { $0 == "`" }.count
                isClosed = run == fence
                rest = rest.dropFirst(run)
            }
            guard isClosed else { return nil }
        }
        return outside
    }

    private func isHarmless(_ markdown: String) -> Bool {
        guard let outside = outsideSpans(markdown), !markdown.contains("\n") else { return false }
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,;:.()→")
        return outside.allSatisfy(allowed.contains)
            && !outside.contains(/[a-zA-Z0-9][.:][a-zA-Z0-9]|^[0-9]+[.)]|\b[0-9a-fA-F]{7,}\b|::/)
    }

    @Test(arguments: hostile)
    func `a hostile text forms nothing, alone or beside another`(text: String) {
        #expect(isHarmless(Markdown.code(text)), "\(Markdown.code(text))")
        #expect(isHarmless(Markdown.prose(text)), "\(Markdown.prose(text))")
        for other in MarkdownTests.hostile {
            for both in ["\(text)\(other)", "\(text) \(other)"] {
                #expect(isHarmless(Markdown.prose(both)), "\(both)")
                #expect(isHarmless(Markdown.code(both)), "\(both)")
            }
        }
    }

    @Test func `random texts of what Markdown obeys form nothing`() {
        let alphabet = Array("`` \\@#<>[]()!|*_~:/.$&-1a\n\u{301}".unicodeScalars)
        var random = SeededRandom(seed: 7)
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...24, using: &random) {
                if let scalar = alphabet.randomElement(using: &random) {
                    text.unicodeScalars.append(scalar)
                }
            }
            #expect(isHarmless(Markdown.code(text)), "\(text.debugDescription)")
            #expect(isHarmless(Markdown.prose(text)), "\(text.debugDescription)")
        }
    }

    @Test func `a sentence stays readable`() {
        #expect(
            Markdown.prose("the mode goes to net_banking (0), which stops webhooks")
                == "the mode goes to `net_banking` (0), which stops webhooks")
        #expect(
            Markdown.prose("answered 400: hello @you, see https://x.example now")
                == "answered 400: hello `@you`, see `https://x.example` now")
    }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
