internal import BankhookModel
internal import SourceText

/// From the path of a policy file to a policy (specification, section 2, "Policy").
enum PolicyLoader {
    /// Reads a file; whatever is wrong with it is in the report.
    static func load(path: String) -> PolicyResult {
        switch InputFile.policy.read(path: path) {
        case .success(let file): decode(file)
        case .failure(let failure):
            PolicyResult(policy: nil, report: DiagnosticReport([failure.diagnostic]))
        }
    }

    /// Decodes a file that is in memory.
    static func decode(_ file: SourceFile) -> PolicyResult {
        let (policy, report) = DocumentDecoder.decode(file) { root, findings in
            PolicyDecoder.decodeFile(root, into: &findings)
        }
        return PolicyResult(policy: report.errors == 0 ? policy : nil, report: report)
    }
}
