internal import ArgumentParser
internal import BankhookPlan
internal import SourceText

/// One value of `--allow`: names of safety checks, separated by commas.
struct AllowList: Sendable {
    let names: [Refusal.Allow]

    /// What plan and apply can be allowed.
    private static let ofApply = Refusal.Allow.allCases.filter { $0 != .unknownOutcome }

    /// Parses a value; a name that is unknown is refused.
    @Sendable static func parse(_ text: String) throws -> AllowList {
        AllowList(names: try names(text, among: Refusal.Allow.allCases))
    }

    /// The same for plan and apply, where what belongs to another command is refused too.
    @Sendable static func parseForApply(_ text: String) throws -> AllowList {
        AllowList(names: try names(text, among: ofApply))
    }

    private static func names(_ text: String, among known: [Refusal.Allow]) throws
        -> [Refusal.Allow]
    {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            let name = Refusal.Allow(rawValue: String(word))
            if let name, known.contains(name) { return name }
            let words = known.map(\.rawValue)
            let near = Vocabulary(words).nearest(to: String(word))
            let hint =
                name == .unknownOutcome
                ? "; unknown-outcome belongs to state forget"
                : near.map { "; did you mean \($0)?" } ?? ""
            throw ValidationError("--allow takes \(words.joined(separator: ", "))\(hint)")
        }
    }
}
