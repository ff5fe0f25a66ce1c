internal import BankhookApply
internal import BankhookDelivery
internal import JSONSyntax

/// Payloads about to be printed: a text that holds a secret of the environment is not.
struct ForeignPayloads: Sendable {
    let search: SecretSearch

    /// An entry as the API sent it.
    func json(_ entry: ListedPayload) -> JSONValue { json(entry.source) }

    /// A value as the API sent it.
    func json(_ value: JSONValue) -> JSONValue {
        // Once for the whole, which is almost always enough.
        search.finds(in: CompactJSON.bytes(value)) ? redacted(value) : value
    }

    /// A field for a person: null and blank are told apart.
    func text(_ field: String?) -> String {
        guard let field else { return "null" }
        return field.isEmpty ? "\"\"" : ForeignText(field, search: search).shown
    }

    private func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .integer, .number: value
        case .string(let text): search.finds(in: Array(text.utf8)) ? "<redacted>" : value
        case .array(let elements): .array(elements.map(redacted))
        case .object(let members):
            .object(
                members.map { member in
                    let isSecret = search.finds(in: Array(member.key.utf8))
                    return JSONValue.Member(
                        key: isSecret ? "<redacted>" : member.key, value: redacted(member.value))
                })
        }
    }
}
