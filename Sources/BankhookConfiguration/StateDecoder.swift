internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The `state` mapping: where applied registrations are recorded.
enum StateDecoder {
    private static let defaultDirectory = "bankhook.state"

    static func decode(_ node: YAMLNode?, into findings: Findings) -> ReferencedPath {
        let fallback = findings.file.path(relative: defaultDirectory)
        guard let node, !findings.reportNull(node, of: "state"),
            let (values, _) = MappingReader.entries(
                of: node, named: "'state'", known: ["directory", "git"], into: findings)
        else { return fallback }
        if let git = values["git"] {
            findings.report(
                "not_supported", at: git.keyRange,
                "'state.git' is not supported in this version", hint: "use state.directory")
        }
        guard let directory = values["directory"]?.value else { return fallback }
        guard !findings.reportNull(directory, of: "state.directory") else { return fallback }
        guard case .scalar(let scalar) = directory.content, scalar.resolved == .string else {
            findings.reportWrongType(
                directory, of: "'state.directory'", wanted: "the path of a directory")
            return fallback
        }
        guard !scalar.text.isEmpty, !EnvironmentLayer.isTooLong(directory) else {
            findings.report(
                "invalid_path", at: directory.range,
                "'state.directory' is \(scalar.text.isEmpty ? "empty" : "too long for a path")",
                hint: "leave it out for \(defaultDirectory)")
            return fallback
        }
        guard !scalar.text.contains("{"), !scalar.text.contains("}") else {
            findings.report(
                "unknown_placeholder", at: directory.range,
                "'state.directory' holds a placeholder that nothing fills",
                hint: "every environment's record stands in the one directory")
            return fallback
        }
        return findings.file.path(relative: scalar.text)
    }
}
