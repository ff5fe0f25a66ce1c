package import SourceText

/// Why a command ends before it has done its work.
package enum CommandFailure: Error, Sendable {
    /// Mistakes in files that a person wrote.
    case report(DiagnosticReport)
    /// Everything else, all at once.
    case problems([Problem], status: ExitStatus)

    /// What is wrong, what to do about it, and a word that scripts match on.
    package struct Problem: Sendable {
        package let code: String
        package let message: String
        package let hint: String?
        /// The file that it is about.
        package let file: String?

        /// Message and hint may name files and quote state: they are made safe to print here, once.
        package init(code: String, message: String, hint: String? = nil, file: String? = nil) {
            self.code = code
            self.message = PrintableText(message).description
            self.hint = hint.map { PrintableText($0).description }
            self.file = file
        }
    }

    /// One problem before anything was sent.
    package static func problem(
        _ code: String, _ message: String, hint: String? = nil, status: ExitStatus = .error
    ) -> CommandFailure {
        .problems([Problem(code: code, message: message, hint: hint)], status: status)
    }

    package var status: ExitStatus {
        switch self {
        case .report: .error
        case .problems(_, let status): status
        }
    }
}
