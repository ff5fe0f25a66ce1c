extension JSON {
    /// The value over several lines, for a person.
    func lines(indent: String = "") -> String {
        let deeper = indent + "  "
        switch self {
        case .array(let values) where !values.isEmpty:
            let inner = values.map { deeper + $0.lines(indent: deeper) }
            return "[\n" + inner.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members) where !members.isEmpty:
            let inner = members.map { member in
                "\(deeper)\(JSON.string(member.name).text): \(member.value.lines(indent: deeper))"
            }
            return "{\n" + inner.joined(separator: ",\n") + "\n\(indent)}"
        default: return text
        }
    }
}
