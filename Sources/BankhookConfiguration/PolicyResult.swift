internal import BankhookModel
internal import SourceText

/// What reading a policy file came to.
struct PolicyResult {
    /// Nil where the report holds an error, so that nothing can be judged by it.
    let rules: PolicyRules?
    let report: DiagnosticReport
    /// Nil where it could not be read.
    let file: SourceFile?
}
