import SourceText

/// Collects the mistakes of a file, and only counts them once there are too many.
struct YAMLFindings {
    let file: SourceFile
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var uncollected = 0

    init(in file: SourceFile) {
        self.file = file
    }

    /// Whether a further mistake would only be counted.
    var isFull: Bool { diagnostics.count >= YAMLLimits.diagnostics }

    /// Adds a mistake; its message is made only if it is kept.
    mutating func report(
        _ code: YAMLMistake, at range: SourceRange, _ message: @autoclosure () -> String,
        hint: String? = nil, note: (message: String, range: SourceRange)? = nil,
        excerpt: Diagnostic.ExcerptPolicy = .shown
    ) {
        guard !isFull else {
            uncollected += 1
            return
        }
        let notes = note.map { [Diagnostic.Note($0.message, in: file, at: $0.range)] } ?? []
        diagnostics.append(
            Diagnostic(
                code: code.rawValue, in: file, at: range, message(), hint: hint, notes: notes,
                excerpt: excerpt))
    }

    /// Adds the mistake at which reading stopped, however many there are.
    ///
    /// Without a tree nobody knows which lines hold secrets, so that no other mistake shows its own.
    mutating func end(with error: SyntaxError, hasTree: Bool) {
        var kept = Array(diagnostics.prefix(YAMLLimits.diagnostics - 1))
        if !hasTree { kept = kept.map(\.withoutExcerpt) }
        uncollected += diagnostics.count - kept.count
        diagnostics = kept
        diagnostics.append(
            Diagnostic(
                code: error.code.rawValue, in: file, at: error.range, error.message,
                hint: error.hint, excerpt: error.hasKnownSurroundings ? .shown : .omitted))
    }
}

extension Diagnostic {
    fileprivate var withoutExcerpt: Diagnostic {
        Diagnostic(
            severity, code: code, in: file, at: range, message, hint: hint, notes: notes,
            excerpt: .omitted)
    }
}
