internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The `state` mapping: where applied registrations are recorded.
enum StateDecoder {
    private static let defaultDirectory = "bankhook.state"

    static func decode(_ node: YAMLNode?, into findings: inout Findings) -> ReferencedPath {
        let fallback = findings.file.path(relative: defaultDirectory)
        guard let node,
            let (values, _) = MappingReader.entries(
                of: node, named: "'state'", known: ["directory", "git"], into: &findings)
        else { return fallback }
        if let git = values["git"] {
            findings.report(
                "not_supported", at: git.keyRange,
                "'state.git' is not supported in this version", hint: "use state.directory")
        }
        guard let directory = values["directory"]?.value else { return fallback }
        guard case .scalar(let scalar) = directory.content, scalar.resolved == .string,
            !scalar.text.isEmpty
        else {
            findings.reportWrongType(
                directory, of: "'state.directory'", wanted: "the path of a directory")
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
