internal import SourceText

/// What a code of a diagnostic, reason, warning, cause or fault stands for.
struct Explanation: Equatable, Sendable {
    let code: String
    let happened: String
    /// What would go wrong if it were ignored.
    let matters: String
    /// The next step.
    let next: String

    init(_ code: String, happened: String, matters: String, next: String) {
        self.code = code
        self.happened = happened
        self.matters = matters
        self.next = next
    }

    /// All of them, in the order of the code.
    static let all = [
        ofYAML, ofConfiguration, ofPolicy, ofPlan, ofApply, ofState, ofBranch, ofReceiving, ofWatch,
        ofEmulator, ofDoctor,
    ].joined().sorted { $0.code < $1.code }

    /// As a person reads it.
    var text: String { text(.plain) }

    /// The same with its headings emphasised, and broken for a narrower terminal where there is one.
    func text(_ palette: Palette, columns: Int? = nil) -> String {
        let parts = [
            ("What happened", happened), ("Why it matters", matters), ("What to do", next),
        ]
        let indent = Explanation.indent
        let columns = min(columns ?? Explanation.columns, Explanation.columns)
        return palette.paint(code, .strong) + "\n\n"
            + parts.map { heading, text in
                "  \(palette.paint(heading, .strong))" + indent.dropFirst(heading.count + 2)
                    + text.wrapped(after: indent.count, then: indent.count, columns: columns)
                    .joined(separator: "\n\(indent)") + "\n"
            }.joined()
    }

    /// All codes with what happened, a line each, cut where a terminal is narrower.
    static func list(_ explanations: [Explanation], _ palette: Palette, columns: Int?) -> String {
        let width = explanations.map(\.code.columns).max() ?? 0
        return explanations.map { explanation in
            let code = explanation.code.padding(to: width)
            let sentence = explanation.headline
            let room = columns.map { max($0 - width - 2, 0) } ?? .max
            let shown =
                sentence.columns > room ? sentence.prefix(max(room - 1, 0)) + "…" : sentence[...]
            return "\(palette.paint(code, .strong))  \(shown)\n"
        }.joined()
    }

    /// The first sentence of what happened.
    private var headline: String {
        guard let end = happened.firstRange(of: ". ") else { return happened }
        return String(happened[..<end.lowerBound]) + "."
    }

    /// The most columns that a line takes.
    private static let columns = 78
    /// What stands before each line of a text, or the heading that is as wide.
    private static let indent = String(repeating: " ", count: 18)
}
