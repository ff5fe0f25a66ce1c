internal import BankhookModel
package import SourceText

/// From paths to a configuration: text, nodes, then values (specification, section 2).
package enum ConfigurationLoader {
    /// Reads a configuration, and the policy that guards it where a file of its own holds one.
    ///
    /// Whatever is wrong with either is in the report. A policy file that cannot be read is an
    /// error, never "no policy".
    package static func load(path: String, policyPath: String? = nil) -> ConfigurationResult {
        let policy = policyPath.map { PolicyLoader.load(path: $0) }
        switch InputFile.configuration.read(path: path) {
        case .success(let file): return decode(file, guardedBy: policy)
        case .failure(let failure):
            let report = policy?.report ?? DiagnosticReport()
            return ConfigurationResult(
                configuration: nil, report: report.adding(DiagnosticReport([failure.diagnostic])))
        }
    }

    /// Decodes files that are in memory.
    package static func decode(_ file: SourceFile, policyFile: SourceFile? = nil)
        -> ConfigurationResult
    {
        decode(file, guardedBy: policyFile.map { PolicyLoader.decode($0) })
    }

    private static func decode(_ file: SourceFile, guardedBy policy: PolicyResult?)
        -> ConfigurationResult
    {
        let decoded = DocumentDecoder.decode(file) { root, findings in
            ConfigurationDecoder.decode(root, guardedBy: policy, into: &findings)
        }
        let report = (policy?.report ?? DiagnosticReport()).adding(decoded.report)
        return ConfigurationResult(
            configuration: report.errors == 0 ? decoded.value : nil, report: report)
    }
}
