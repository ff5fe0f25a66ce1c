package import BankhookModel

/// What a commit on the state branch says (specification, section 6).
package struct CommitText: Equatable, Sendable {
    package let text: String

    /// How many names a subject has before it counts.
    private static let shownNames = 5

    /// `parts` are what was done and to whom: `pending` and names, `applied` and names.
    package init(
        _ parts: [(what: String, names: [EnvironmentName])], run: String?, revision: String?
    ) {
        let subject = parts.filter { !$0.names.isEmpty }.map { part in
            "\(part.what) \(CommitText.list(part.names))"
        }.joined(separator: "; ")
        let trailers = [run.map { "Run: \($0)\n" }, revision.map { "Revision: \($0)\n" }]
            .compactMap(\.self).joined()
        text =
            "bankhook: \(subject) [skip ci]\n" + (trailers.isEmpty ? "" : "\n\(trailers)")
    }

    /// A commit that is about no environment.
    package init(_ subject: String) {
        text = "bankhook: \(subject) [skip ci]\n"
    }

    private static func list(_ names: [EnvironmentName]) -> String {
        let sorted = names.sorted()
        let shown = sorted.prefix(shownNames).map(\.text).joined(separator: ", ")
        let others = sorted.count - shownNames
        return others > 0 ? "\(shown) and \(others) more" : shown
    }
}
