internal import SourceText

/// Text from anywhere as Markdown that shows it and does nothing else.
///
/// Escaping by backslash is not enough: GitHub and GitLab look for mentions, references and links in
/// what is left after it. They leave code spans alone, so everything that is not a plain word stands
/// in one.
enum Markdown {
    /// How much of a text is shown, in scalars.
    private static let limit = 2_000

    /// A text as a code span: nothing in it can end the span.
    static func code(_ text: String) -> String {
        let shown = PrintableText(text, limit: limit).description
        guard !shown.isEmpty else { return "(empty)" }
        let fence = String(repeating: "`", count: longestFence(in: shown) + 1)
        // A blank keeps a backtick off the fence. Markdown drops one blank at each end, but none of
        // a text of blanks. By scalars: a combining mark must not hide what it stands on.
        let scalars = shown.unicodeScalars
        let ends = [scalars.first, scalars.last]
        let isPadded =
            ends.contains { $0 == "`" || $0 == " " } && scalars.contains { $0 != " " }
        let pad = isPadded ? " " : ""
        return fence + pad + shown + pad + fence
    }

    /// A sentence: its plain words as they are, everything else in code spans.
    static func prose(_ text: String) -> String {
        let words = PrintableText(text, limit: limit).description.split(separator: " ")
        var parts = [String]()
        var odd = [Substring]()
        func endSpan() {
            guard !odd.isEmpty else { return }
            let span = odd.joined(separator: " ").unicodeScalars
            // What ends the clause stands behind the span, unless there is nothing else.
            let isClause = span.count > 1 && span.last.map(",;:.".unicodeScalars.contains) == true
            let end = span.suffix(isClause ? 1 : 0)
            parts.append(code(String(span.dropLast(end.count))) + String(end))
            odd = []
        }
        for word in words {
            guard isPlain(word) else {
                odd.append(word)
                continue
            }
            endSpan()
            parts.append(String(word))
        }
        endSpan()
        return parts.joined(separator: " ")
    }

    private static func longestFence(in text: String) -> Int {
        var (longest, run) = (0, 0)
        for scalar in text.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// Whether a word means itself wherever it stands: letters, or a few digits, with the
    /// punctuation of a sentence around it. Seven letters up to `f` could be a commit.
    private static func isPlain(_ word: Substring) -> Bool {
        if word == "→" { return true }
        var core = word[...]
        let isBracketed = core.first == "("
        if isBracketed { core = core.dropFirst() }
        while let last = core.unicodeScalars.last, ",;:.".unicodeScalars.contains(last) {
            core = core.dropLast()
        }
        if core.last == ")" { core = core.dropLast() }
        let bytes = core.utf8
        guard !bytes.isEmpty else { return false }
        if bytes.allSatisfy(isDigit) {
            // `1.` and `1)` would begin a list.
            let hasListMark = !isBracketed && (word.last == "." || word.last == ")")
            return bytes.count < 6 && !hasListMark
        }
        return bytes.allSatisfy(isLetter) && !(bytes.count >= 7 && bytes.allSatisfy(isHex))
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
