/// A length of time as a person writes it: `30s`, `5m`, `24h`, `7d`.
package struct TimeSpan: Hashable, Sendable {
    package let seconds: Int
    /// As written, for messages.
    package let text: String

    /// Parses a positive whole number and one unit; nil for anything else, `0s` included.
    package init?(_ text: String) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let last = text.last, let unit = units[last] else { return nil }
        let digits = text.dropLast()
        guard (1...9).contains(digits.utf8.count), digits.allSatisfy({ ("0"..."9").contains($0) }),
            let count = Int(digits), count > 0
        else { return nil }
        self.seconds = count * unit
        self.text = text
    }

    /// A number of seconds.
    package init(seconds: Int) {
        self.seconds = seconds
        text = "\(seconds)s"
    }

    package var duration: Duration { .seconds(seconds) }
}

extension TimeSpan: CustomStringConvertible {
    package var description: String { text }
}
