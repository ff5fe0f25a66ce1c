/// How many changes one apply may make without `--allow max-changes`.
package enum ChangeLimit: Hashable, Sendable {
    case count(Int)
    /// Of the recorded environments, rounded up; it takes effect from 10 recorded on.
    case percentage(Int)

    /// Parses a whole number, or a percentage from `0%` to `100%`.
    package init?(_ text: String) {
        let isPercentage = text.hasSuffix("%")
        let digits = isPercentage ? text.dropLast() : text[...]
        guard (1...9).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            digits == "0" || !digits.hasPrefix("0"), let number = Int(digits)
        else { return nil }
        if isPercentage, number > 100 { return nil }
        self = isPercentage ? .percentage(number) : .count(number)
    }

    /// The most changes that are allowed, or nil when the limit does not take effect.
    package func allowed(recorded: Int) -> Int? {
        switch self {
        case .count(let count): count
        case .percentage(let percentage):
            recorded < 10 ? nil : (recorded * percentage + 99) / 100
        }
    }
}

extension ChangeLimit: CustomStringConvertible {
    package var description: String {
        switch self {
        case .count(let count): "\(count)"
        case .percentage(let percentage): "\(percentage)%"
        }
    }
}
