internal import ArgumentParser
internal import BankhookPlan

/// One value of `--allow`: names of safety checks, separated by commas.
struct AllowList: Sendable {
    let names: [Refusal.Allow]

    /// Parses a value; a name that is unknown is refused.
    @Sendable static func parse(_ text: String) throws -> AllowList {
        let names = try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            if let name = Refusal.Allow(rawValue: String(word)) { return name }
            let known = Refusal.Allow.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--allow takes \(known)")
        }
        return AllowList(names: names)
    }
}
