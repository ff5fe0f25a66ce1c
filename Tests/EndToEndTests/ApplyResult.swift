import JSONSyntax
import Testing

/// What an apply with `--format json` came to.
struct ApplyResult: Sendable {
    let result: Bankhook.Result

    var status: Int { result.status }

    /// One environment's outcome.
    func outcome(_ name: String) throws -> JSONValue {
        guard case .array(let outcomes)? = try result.json["outcomes"] else {
            throw MissingOutcome(name: name, result: result)
        }
        guard let outcome = outcomes.first(where: { $0["environment"] == .string(name) }) else {
            throw MissingOutcome(name: name, result: result)
        }
        return outcome
    }

    /// Its word, such as `applied`.
    func word(_ name: String) throws -> String? {
        guard case .string(let word)? = try outcome(name)["outcome"] else { return nil }
        return word
    }

    struct MissingOutcome: Error {
        let name: String
        let result: Bankhook.Result
    }
}
