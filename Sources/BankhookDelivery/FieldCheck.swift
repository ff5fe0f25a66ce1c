internal import JSONSyntax

/// Reads the fields of one object, and gathers what is wrong with them.
struct FieldCheck {
    private let value: JSONValue
    /// Those that could be read.
    private(set) var found = [PayloadCheck.Field]()
    var problems = [String]()

    init(_ value: JSONValue) {
        self.value = value
    }

    /// A field that holds a string; nil where it is missing, null or of another type.
    @discardableResult
    mutating func text(
        _ name: String, isBlankAllowed: Bool = true, isNullAllowed: Bool = false
    ) -> String? {
        switch value[name] {
        case nil:
            problems.append("\(name) is missing")
            return nil
        case .string(let text):
            found.append(PayloadCheck.Field(name: name, text: text))
            if text.isEmpty, !isBlankAllowed { problems.append("\(name) is blank") }
            return text
        case .null where isNullAllowed:
            found.append(PayloadCheck.Field(name: name, text: nil))
            return nil
        case .some(let other):
            let wanted = isNullAllowed ? "neither a string nor null" : "no string"
            problems.append("\(name) is \(PayloadCheck.kind(of: other)), \(wanted)")
            return nil
        }
    }
}
