/// A pattern for environment names, with `*`, `?` and `[…]` as a shell has them.
package struct NamePattern: Sendable {
    package let text: String
    private let parts: [Part]

    private enum Part {
        case anyRun
        case anyOne
        case one(Character)
        case set([ClosedRange<Character>], isNegated: Bool)
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

    /// Whether the whole name matches. Linear in name times pattern, however many `*` there are.
    package func matches(_ name: EnvironmentName) -> Bool {
        var reached = Set([0])
        skipRuns(&reached)
        for character in name.text {
            var next = Set<Int>()
            for place in reached where place < parts.count {
                switch parts[place] {
                case .anyRun: next.insert(place)
                case .anyOne: next.insert(place + 1)
                case .one(let wanted): if wanted == character { next.insert(place + 1) }
                case .set(let ranges, let isNegated):
                    if ranges.contains(where: { $0.contains(character) }) != isNegated {
                        next.insert(place + 1)
                    }
                }
            }
            skipRuns(&next)
            reached = next
        }
        return reached.contains(parts.count)
    }

    /// Adds every place that is reached because a `*` may match nothing.
    private func skipRuns(_ places: inout Set<Int>) {
        for start in places {
            var place = start
            while place < parts.count, case .anyRun = parts[place] {
                place += 1
                places.insert(place)
            }
        }
    }
}
