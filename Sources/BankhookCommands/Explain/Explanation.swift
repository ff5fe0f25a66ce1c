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
    var text: String {
        """
        \(code)

          What happened   \(Explanation.wrapped(happened))
          Why it matters  \(Explanation.wrapped(matters))
          What to do      \(Explanation.wrapped(next))

        """
    }

    private static let width = 60
    private static let indent = String(repeating: " ", count: 18)

    /// Broken at blanks, for a terminal of 80 columns.
    private static func wrapped(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(line) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n\(indent)")
    }
}
