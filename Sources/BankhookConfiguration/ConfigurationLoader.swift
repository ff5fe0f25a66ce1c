internal import BankhookModel
package import SourceText
internal import SystemCalls
internal import YAMLSyntax

/// From a path to a configuration: text, nodes, then values (specification, section 2).
package enum ConfigurationLoader {
    /// The largest file that is read, in bytes.
    private static let maximumSize = 64 << 20

    /// Reads a file; whatever is wrong with it is in the report.
    package static func load(path: String) -> ConfigurationResult {
        switch read(path: path) {
        case .success(let file): return decode(file)
        case .failure(let problem):
            let file = SourceFile(path: path, bytes: [])
            let diagnostic = Diagnostic(
                code: problem.code, in: file, at: SourceRange(at: .start), problem.message,
                hint: problem.hint, excerpt: .omitted)
            return ConfigurationResult(
                configuration: nil, report: DiagnosticReport([diagnostic]))
        }
    }

    /// Decodes a file that is in memory.
    package static func decode(_ file: SourceFile) -> ConfigurationResult {
        let parsed = YAMLParser.parse(file)
        guard let root = parsed.root else {
            return ConfigurationResult(
                configuration: nil, report: SyntaxReport.report(parsed, of: file))
        }
        let redactions = SecretValueRanges.find(in: root, of: file)
        var findings = Findings(file: file)
        let configuration = ConfigurationDecoder.decode(root, into: &findings)
        let report = DiagnosticReport(
            SyntaxReport.withoutSecretKeys(parsed.diagnostics, redactions) + findings.diagnostics,
            redactions: [file.path: redactions],
            uncollectedErrors: parsed.uncollectedErrors + findings.uncollected)
        return ConfigurationResult(
            configuration: report.errors == 0 ? configuration : nil, report: report)
    }

    private struct ReadingProblem: Error {
        let code: String
        let message: String
        let hint: String?
    }

    private static func read(path: String) -> Result<SourceFile, ReadingProblem> {
        let content: FileContent
        do throws(SystemCallError) {
            content = try FileContent.read(path: path, limit: maximumSize)
        } catch {
            return .failure(
                ReadingProblem(code: "config_unreadable", message: "\(error)", hint: error.wayOut))
        }
        switch content {
        case .file(let bytes):
            return .success(SourceFile(path: path, bytes: bytes))
        case .absent:
            return .failure(
                ReadingProblem(
                    code: "config_not_found", message: "there is no such file",
                    hint: "name one with --config PATH or BANKHOOK_CONFIG"))
        case .tooLarge:
            return .failure(
                ReadingProblem(
                    code: "yaml_too_large", message: "it is larger than 64 MiB",
                    hint: "name a configuration file"))
        case .other("a directory"):
            return .failure(
                ReadingProblem(
                    code: "not_supported",
                    message: "a configuration directory is not supported in this version",
                    hint: "name one file"))
        case .other(let kind):
            return .failure(
                ReadingProblem(
                    code: "config_unreadable", message: "it is \(kind), not a regular file",
                    hint: "name a regular file"))
        }
    }
}
