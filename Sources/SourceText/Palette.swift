/// How emphasis looks where a text is shown: colours on a terminal, nothing elsewhere.
package struct Palette: Sendable {
    /// What a stretch of text is, with the parameters of its ANSI sequence.
    package enum Tone: String, Sendable {
        case error = "1;31"
        case warning = "1;33"
        case added = "32"
        case changed = "33"
        case again = "36"
        case good = "1;32"
        /// What the eye goes to first: names, messages, counts.
        case strong = "1"
    }

    /// Leaves every text as it is.
    package static let plain = Palette(isColored: false)
    /// Colours for a terminal.
    package static let colored = Palette(isColored: true)

    private let isColored: Bool

    /// A text in its tone; the tone ends with it.
    package func paint(_ text: String, _ tone: Tone?) -> String {
        guard isColored, let tone else { return text }
        return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
    }

    /// A text whose lines may begin with `error:` or `warning:`, with those words in their tones.
    package func paintHeadings(in text: String) -> String {
        guard isColored else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            for (word, tone) in [("error:", Tone.error), ("warning:", .warning)] {
                let rest = line.trimmingPrefix(word)
                if rest.count < line.count { return paint(word, tone) + rest }
            }
            return String(line)
        }.joined(separator: "\n")
    }
}
