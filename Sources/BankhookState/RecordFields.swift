package import JSONSyntax

/// Takes the members of one JSON object of a state file or a saved plan, and refuses those that
/// nobody takes.
package struct RecordFields {
    /// The object's place in the record, for messages: `applied`, or empty for the record itself.
    private let place: String
    /// What nobody took yet. A handful: searching them one by one is faster than hashing them.
    private var remaining: [JSONValue.Member]

    /// `place` is empty for the file itself.
    package init(_ value: JSONValue, place: String = "") throws(RecordDamage) {
        self.place = place
        guard case .object(let members) = value else {
            throw .field("its \(place) is no JSON object")
        }
        remaining = members
    }

    private mutating func take(_ key: String) -> JSONValue? {
        remaining.firstIndex { $0.key == key }.map { remaining.remove(at: $0).value }
    }

    /// Takes a member that must be there, null included.
    package mutating func value(_ key: String) throws(RecordDamage) -> JSONValue {
        guard let value = take(key) else {
            throw .field("its \(path(key)) is missing")
        }
        return value
    }

    /// Takes a string of printable ASCII.
    package mutating func string(_ key: String) throws(RecordDamage) -> String {
        guard let text = try optionalString(key) else {
            throw .field("its \(path(key)) is missing or null")
        }
        return text
    }

    /// Takes a string that may be null or missing.
    package mutating func optionalString(_ key: String) throws(RecordDamage) -> String? {
        switch take(key) {
        case nil, .null: return nil
        case .string(let text):
            guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw .field("its \(path(key)) is not printable ASCII")
            }
            return text
        default: throw .field("its \(path(key)) is no string")
        }
    }

    /// Takes a whole number.
    package mutating func integer(_ key: String, atLeast minimum: Int = 0) throws(RecordDamage)
        -> Int
    {
        // 2⁵³: beyond it, other readers of JSON no longer tell neighbours apart.
        guard case .integer(let number) = try value(key), (minimum...1 << 53).contains(number)
        else {
            throw .field("its \(path(key)) is no whole number from \(minimum) up")
        }
        return number
    }

    /// Takes a string and makes a value of it, or says that it is none.
    package mutating func parsed<Value>(
        _ key: String, _ parse: (String) -> Value?
    ) throws(RecordDamage) -> Value {
        guard let value = parse(try string(key)) else {
            throw .field("its \(path(key)) is malformed")
        }
        return value
    }

    /// The same for a string that may be null or missing.
    package mutating func optionalParsed<Value>(
        _ key: String, _ parse: (String) -> Value?
    ) throws(RecordDamage) -> Value? {
        guard let text = try optionalString(key) else { return nil }
        guard let value = parse(text) else { throw .field("its \(path(key)) is malformed") }
        return value
    }

    /// Takes a string of any characters.
    package mutating func text(_ key: String) throws(RecordDamage) -> String {
        guard case .string(let text) = try value(key) else {
            throw .field("its \(path(key)) is no string")
        }
        return text
    }

    /// Takes true or false.
    package mutating func flag(_ key: String) throws(RecordDamage) -> Bool {
        guard case .bool(let flag) = try value(key) else {
            throw .field("its \(path(key)) is neither true nor false")
        }
        return flag
    }

    /// Takes a list that must be there.
    package mutating func array(_ key: String) throws(RecordDamage) -> [JSONValue] {
        guard case .array(let elements) = try value(key) else {
            throw .field("its \(path(key)) is no list")
        }
        return elements
    }

    /// The members of an object that may be missing.
    package mutating func object(_ key: String) throws(RecordDamage) -> [JSONValue.Member] {
        guard let value = take(key) else { return [] }
        guard case .object(let members) = value else {
            throw .field("its \(path(key)) is no JSON object")
        }
        return members
    }

    /// Ends the reading: whatever is left is a field that this schema does not have.
    package consuming func finish() throws(RecordDamage) {
        guard let unknown = remaining.map(\.key).min() else { return }
        throw .field("it has an unknown field, \(path(unknown).debugDescription)")
    }

    private func path(_ key: String) -> String {
        place.isEmpty ? key : "\(place).\(key)"
    }
}
