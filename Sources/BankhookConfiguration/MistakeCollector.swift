internal import SourceText

/// The mistakes of all files of a run. One in `defaults` is met once for every environment, and
/// kept once.
///
/// A reference, because environments are judged by the text of two files: their own and that of
/// `defaults`.
final class MistakeCollector {
    private var diagnostics: [Diagnostic] = []
    private var uncollected = 0
    private(set) var redactions = Redactions()
    private var known = Set<Place>()

    private struct Place: Hashable {
        let file: ObjectIdentifier
        let position: Position
        let code: String
        let subject: String
    }

    /// How many are kept: far more than are shown are counted only.
    private static let most = 4 * DiagnosticReport.shown

    /// How many mistakes were found.
    var count: Int { diagnostics.count + uncollected }

    /// Keeps a mistake, unless one of the same code and subject is known at that place. What would be
    /// counted only is never put into words.
    func add(
        _ code: String, about subject: String = "", in file: SourceFile, at range: SourceRange,
        _ diagnostic: () -> Diagnostic
    ) {
        let place = Place(
            file: ObjectIdentifier(file), position: range.start, code: code, subject: subject)
        if known.insert(place).inserted { keep(diagnostic) }
    }

    /// Takes over what reading a file's text came to.
    func add(_ report: DiagnosticReport) {
        for diagnostic in report.diagnostics { keep { diagnostic } }
        uncollected += report.uncollectedErrors
    }

    /// Notes a file whose text may have to be shown.
    func add(_ file: SourceFile, isPolicy: Bool) {
        redactions.add(file, isPolicy: isPolicy)
    }

    private func keep(_ diagnostic: () -> Diagnostic) {
        if diagnostics.count < MistakeCollector.most {
            diagnostics.append(diagnostic())
        } else {
            uncollected += 1
        }
    }

    /// Everything that was found, and what must not be shown of the files.
    var report: DiagnosticReport {
        guard count > 0 else { return DiagnosticReport() }
        return DiagnosticReport(
            diagnostics, redactions: redactions.byPath, uncollectedErrors: uncollected)
    }
}
