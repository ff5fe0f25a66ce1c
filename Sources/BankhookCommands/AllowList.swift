internal import ArgumentParser
internal import BankhookPlan
internal import SourceText

/// One value of `--allow`: names of safety checks, separated by commas.
struct AllowList: Sendable {
    let names: [Refusal.Allow]

    /// Parses a value; a name that is unknown is refused.
    @Sendable static func parse(_ text: String) throws -> AllowList {
        let names = try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            if let name = Refusal.Allow(rawValue: String(word)) { return name }
            let words = Refusal.Allow.allCases.map(\.rawValue)
            let near = Vocabulary(words).nearest(to: String(word))
            let hint = near.map { "; did you mean \($0)?" } ?? ""
            throw ValidationError("--allow takes \(words.joined(separator: ", "))\(hint)")
        }
        return AllowList(names: names)
    }
}
