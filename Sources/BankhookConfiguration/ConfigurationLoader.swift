internal import BankhookModel
package import SourceText

/// From paths to a configuration: text, nodes, then values (specification, section 2).
package enum ConfigurationLoader {
    /// Reads a configuration, and the policy that guards it where a file of its own holds one.
    ///
    /// Whatever is wrong with either is in the report. A policy file that cannot be read is an
    /// error, never "no policy".
    package static func load(path: String, policyPath: String? = nil) -> ConfigurationResult {
        decode(
            ConfigurationFiles.read(path: path, policyPath: policyPath),
            guardedBy: policyPath.map { PolicyLoader.load(path: $0) })
    }

    /// Decodes files that are in memory.
    package static func decode(_ file: SourceFile, policyFile: SourceFile? = nil)
        -> ConfigurationResult
    {
        decode(
            ConfigurationFiles([file]), guardedBy: policyFile.map { PolicyLoader.decode($0) })
    }

    /// The same for the files of a directory, in the order of their names.
    package static func decode(
        _ files: [SourceFile], directory: String, policyFile: SourceFile? = nil
    ) -> ConfigurationResult {
        decode(
            ConfigurationFiles(files, directory: directory),
            guardedBy: policyFile.map { PolicyLoader.decode($0) })
    }

    private static func decode(_ files: ConfigurationFiles, guardedBy policy: PolicyResult?)
        -> ConfigurationResult
    {
        let collector = MistakeCollector()
        if let policy {
            collector.add(policy.report)
            if let file = policy.file { collector.add(file, isPolicy: true) }
        }
        collector.add(DiagnosticReport(files.failures))
        let parts = files.files.map { ConfigurationPart(Document($0, into: collector)) }
        let configuration = ConfigurationDecoder(
            parts, directory: files.directory, lacksFiles: !files.failures.isEmpty
        ).decode(guardedBy: policy, into: collector)
        let report = collector.report
        return ConfigurationResult(
            configuration: report.errors == 0 ? configuration : nil, report: report)
    }
}
