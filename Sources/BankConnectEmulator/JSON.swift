/// A JSON value as it arrived.
///
/// The emulator has its own type because a library's decoder reads `1.0` as the integer 1, which
/// would make the emulator more generous than the API that it stands for.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number as its text: `1` and `1.0` differ where an integer is asked for.
    case number(String)
    case string(String)
    case array([JSON])
    /// The members in the order of the text; a repeated name stays repeated.
    case object([Member])

    /// A name and its value in an object.
    struct Member: Sendable, Equatable {
        let name: String
        let value: JSON
    }
}

extension JSON {
    /// An object of the given members, in their order.
    static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// A number without a fraction.
    static func integer(_ value: Int) -> JSON { .number(String(value)) }

    /// The value that an object has for a name, the last one where the name is repeated.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The integer that a number spells without sign games, fraction or exponent.
    var integer: Int? {
        guard case .number(let text) = self, text != "-0" else { return nil }
        return Int(text)
    }

    /// About how many bytes it takes in memory.
    var weight: Int {
        switch self {
        case .null, .bool: 32
        case .number(let text), .string(let text): 32 + text.utf8.count
        case .array(let values): values.reduce(64) { $0 + $1.weight }
        case .object(let members):
            members.reduce(64) { $0 + 32 + $1.name.utf8.count + $1.value.weight }
        }
    }

    /// The text of a string.
    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}
