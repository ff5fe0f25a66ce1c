internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The mistakes found so far. A mistake in `defaults` is met once for every environment, and kept
/// once.
struct Findings {
    let file: SourceFile
    private(set) var diagnostics: [Diagnostic] = []
    private var known = Set<Place>()

    private struct Place: Hashable {
        let position: Position
        let code: String
        let subject: String
    }

    init(file: SourceFile) {
        self.file = file
    }

    /// Keeps a mistake, unless one of the same code and subject is known at that place.
    mutating func report(
        _ code: String, about subject: String = "", at range: SourceRange, _ message: String,
        hint: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        let place = Place(position: range.start, code: code, subject: subject)
        guard known.insert(place).inserted else { return }
        diagnostics.append(
            Diagnostic(
                code: code, in: file, at: range, message, hint: hint, notes: notes))
    }

    /// What stands where something else belongs, without quoting it.
    mutating func reportWrongType(_ node: YAMLNode, of key: String, wanted: String) {
        let found: String
        switch node.content {
        case .refused: return
        case .sequence: found = "a list"
        case .mapping: found = "a mapping"
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: found = "null"
            case .bool: found = "a boolean"
            case .integer, .float: found = "a number"
            case .string: found = "a string"
            }
        }
        report("wrong_type", at: node.range, "\(key) must be \(wanted), not \(found)")
    }

    mutating func reportURL(_ problem: URLProblem, of key: String, at range: SourceRange) {
        report("invalid_url", at: range, "\(key) \(problem.message)", hint: problem.hint)
    }
}

/// A value as a message quotes it: printable and not longer than a line.
func quoted(_ text: String) -> String {
    let short = text.unicodeScalars.count > 64
    let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(64)))
    return "'\(PrintableText(shown))\(short ? "…" : "")'"
}
