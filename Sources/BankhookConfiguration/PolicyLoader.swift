internal import SourceText

/// From the path of a policy file to a policy (specification, section 2, "Policy").
enum PolicyLoader {
    /// Reads a file; whatever is wrong with it is in the report.
    static func load(path: String) -> PolicyResult {
        switch InputFile.policy.read(path: path) {
        case .success(let file): decode(file)
        case .failure(let failure):
            PolicyResult(rules: nil, report: DiagnosticReport([failure.diagnostic]), file: nil)
        }
    }

    /// Decodes a file that is in memory.
    static func decode(_ file: SourceFile) -> PolicyResult {
        let collector = MistakeCollector()
        let document = Document(file, isPolicy: true, into: collector)
        let rules = document.root.flatMap {
            PolicyDecoder.decodeFile($0, into: document.findings)
        }
        // A mistake of the text leaves a tree, but not the policy that was meant.
        return PolicyResult(
            rules: collector.count == 0 ? rules : nil, report: collector.report, file: file)
    }
}
