internal import SourceText

/// One line of what `doctor` found: safe to print.
struct DoctorFinding: Equatable, Sendable {
    enum Status: String, CaseIterable, Sendable {
        case ok, warning, error
    }

    let check: DoctorCheck
    let status: Status
    /// The environment, file, host or branch that it is about; nil where it is about all of them.
    let subject: String?
    let message: String
    /// What to do about it; nil where it is ok.
    let next: String?
    /// A word that scripts match on; nil where it is ok.
    let code: String?

    private init(
        _ check: DoctorCheck, _ status: Status, _ subject: String?, _ message: String,
        next: String?, code: String?
    ) {
        self.check = check
        self.status = status
        self.subject = subject.map { PrintableText($0).description }
        self.message = PrintableText(message).description
        self.next = next.map { PrintableText($0).description }
        self.code = code
    }

    /// Nothing to do.
    static func ok(_ check: DoctorCheck, _ message: String, about subject: String? = nil)
        -> DoctorFinding
    {
        DoctorFinding(check, .ok, subject, message, next: nil, code: nil)
    }

    /// An apply would work, and somebody should know.
    static func warning(
        _ check: DoctorCheck, _ code: String, _ message: String, next: String,
        about subject: String? = nil
    ) -> DoctorFinding {
        DoctorFinding(check, .warning, subject, message, next: next, code: code)
    }

    /// Something does not work from here.
    static func error(
        _ check: DoctorCheck, _ code: String, _ message: String, next: String,
        about subject: String? = nil
    ) -> DoctorFinding {
        DoctorFinding(check, .error, subject, message, next: next, code: code)
    }

    /// It could not be looked at, which is never ok.
    static func unchecked(
        _ check: DoctorCheck, _ reason: String, next: String, about subject: String? = nil
    ) -> DoctorFinding {
        DoctorFinding(
            check, .warning, subject, "not checked: \(reason)", next: next, code: "not_checked")
    }

    /// An error that another command would end with.
    static func error(
        _ check: DoctorCheck, _ problem: CommandFailure.Problem, about subject: String? = nil
    ) -> DoctorFinding {
        DoctorFinding(
            check, .error, subject, problem.message,
            next: problem.hint ?? "bankhook explain \(problem.code) tells more",
            code: problem.code)
    }
}
