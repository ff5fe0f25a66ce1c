/// A pattern for names of environments or variables, with `*`, `?` and `[…]` as a shell has them.
package struct NamePattern: Equatable, Sendable {
    package let text: String
    private let parts: [Part]

    private enum Part: Equatable {
        case anyRun
        case anyOne
        case one(Character)
        case set([ClosedRange<Character>], isNegated: Bool)

        var isRun: Bool {
            if case .anyRun = self { true } else { false }
        }

        /// Whether it stands for this one character.
        func fits(_ character: Character) -> Bool {
            switch self {
            case .anyRun: false
            case .anyOne: true
            case .one(let wanted): wanted == character
            case .set(let ranges, let isNegated):
                ranges.contains { $0.contains(character) } != isNegated
            }
        }
    }

    /// A `[` without its `]` stands for itself.
    package init(_ text: String) {
        self.text = text
        var parts = [Part]()
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "*":
                // One of several in a row does what all do.
                if case .anyRun? = parts.last { break }
                parts.append(.anyRun)
            case "?": parts.append(.anyOne)
            case "[":
                if let end = NamePattern.end(ofSet: rest) {
                    parts.append(NamePattern.set(rest[..<end]))
                    rest = rest[rest.index(after: end)...]
                } else {
                    parts.append(.one(character))
                }
            default: parts.append(.one(character))
            }
        }
        self.parts = parts
    }

    /// Where the `]` of a set stands; one at its start, or behind the `!`, is a member.
    private static func end(ofSet text: Substring) -> Substring.Index? {
        let members = isNegated(text) ? text.dropFirst() : text
        return members.dropFirst().firstIndex(of: "]")
    }

    private static func isNegated(_ set: Substring) -> Bool {
        set.hasPrefix("!") || set.hasPrefix("^")
    }

    private static func set(_ text: Substring) -> Part {
        let isNegated = isNegated(text)
        var members = Array(isNegated ? text.dropFirst() : text)[...]
        var ranges = [ClosedRange<Character>]()
        while let first = members.popFirst() {
            if members.count >= 2, members.first == "-", let last = members.dropFirst().first,
                first <= last
            {
                ranges.append(first...last)
                members = members.dropFirst(2)
            } else {
                ranges.append(first...first)
            }
        }
        return .set(ranges, isNegated: isNegated)
    }

    /// Whether an environment's whole name matches.
    package func matches(_ name: EnvironmentName) -> Bool { matches(name.text) }

    /// Whether the whole name matches. At most name times pattern, however many `*` there are: what
    /// an earlier `*` took need not be looked at again.
    package func matches(_ name: some StringProtocol) -> Bool {
        let name = Array(name)
        var place = 0
        var part = 0
        var lastRun: (part: Int, place: Int)?
        while place < name.count {
            if part < parts.count, parts[part].isRun {
                lastRun = (part, place)
                part += 1
            } else if part < parts.count, parts[part].fits(name[place]) {
                place += 1
                part += 1
            } else if let run = lastRun {
                lastRun = (run.part, run.place + 1)
                place = run.place + 1
                part = run.part + 1
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy(\.isRun)
    }
}
