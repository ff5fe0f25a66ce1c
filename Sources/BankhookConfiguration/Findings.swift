internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// Reports the mistakes of one file to the run's `MistakeCollector`.
struct Findings {
    let file: SourceFile
    private let collector: MistakeCollector

    init(file: SourceFile, collector: MistakeCollector) {
        self.file = file
        self.collector = collector
    }

    /// How many mistakes were found so far, in this file and in the others.
    var count: Int { collector.count }

    /// Reports a mistake, unless one of the same code and subject is known at that place.
    func report(
        _ code: String, about subject: String = "", at range: SourceRange,
        _ message: @autoclosure () -> String, hint: @autoclosure () -> String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        collector.add(code, about: subject, in: file, at: range) {
            Diagnostic(code: code, in: file, at: range, message(), hint: hint(), notes: notes)
        }
    }

    /// Reports a null, with what to write in its place; returns whether there was one.
    func reportNull(
        _ node: YAMLNode, of path: String, hint: @autoclosure () -> String = "leave the key out"
    ) -> Bool {
        // No spelling of null is longer, and most values of a large file are.
        guard case .scalar(let scalar) = node.content, scalar.text.utf8.count <= 4,
            scalar.resolved == .null
        else { return false }
        report("null_value", about: path, at: node.range, "'\(path)' is null", hint: hint())
        return true
    }

    /// What stands where something else belongs, without quoting it.
    func reportWrongType(
        _ node: YAMLNode, of key: String, wanted: String, hint: String? = nil
    ) {
        let found: String
        switch node.content {
        case .refused: return
        case .sequence: found = "a list"
        case .mapping: found = "a mapping"
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: found = "null (nothing)"
            case .bool: found = "a boolean"
            case .integer, .float: found = "a number"
            case .string: found = "a string"
            }
        }
        report(
            "wrong_type", about: key, at: node.range, "\(key) must be \(wanted), not \(found)",
            hint: hint)
    }

    func reportURL(_ problem: URLProblem, of key: String, at range: SourceRange) {
        report(
            "invalid_url", about: key, at: range, "\(key) \(problem.message)", hint: problem.hint)
    }
}

/// A value as a message quotes it: printable and not longer than a line.
///
/// One that holds an `@` may be a URL with a password.
func quoted(_ text: String) -> String {
    guard !text.utf8.contains(UInt8(ascii: "@")) else { return Excerpt.redacted }
    return "'\(PrintableText(text, limit: 64))'"
}
