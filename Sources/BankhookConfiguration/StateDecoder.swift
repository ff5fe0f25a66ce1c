internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The `state` mapping: where applied registrations are recorded.
struct StateDecoder {
    private static let keys: Vocabulary = ["directory", "git"]
    private static let defaultDirectory = "bankhook.state"

    /// The directory store's directory; with a git store, where one is by default.
    let directory: ReferencedPath
    /// Where a git store is asked for.
    let git: GitStateDecoder.Result?

    init(_ node: YAMLNode?, into findings: Findings) {
        let fallback = findings.file.path(relative: StateDecoder.defaultDirectory)
        guard let node, !findings.reportNull(node, of: "state"),
            let (values, _) = MappingReader.entries(
                of: node, named: "'state'", known: StateDecoder.keys, into: findings)
        else {
            directory = fallback
            git = nil
            return
        }
        git = values["git"].flatMap { GitStateDecoder(findings: findings).decode($0) }
        if let git = values["git"], values["directory"] != nil {
            findings.report(
                "state_twice", at: git.keyRange,
                "'state' names both a directory and a branch",
                hint: "keep one of them; bankhook state migrate copies the records")
        }
        directory =
            values["directory"].flatMap { StateDecoder.directory($0.value, into: findings) }
            ?? fallback
    }

    private static func directory(_ node: YAMLNode, into findings: Findings) -> ReferencedPath? {
        guard !findings.reportNull(node, of: "state.directory") else { return nil }
        guard case .scalar(let scalar) = node.content, scalar.resolved == .string else {
            findings.reportWrongType(
                node, of: "'state.directory'", wanted: "the path of a directory")
            return nil
        }
        guard !scalar.text.isEmpty, !EnvironmentLayer.isTooLong(node) else {
            findings.report(
                "invalid_path", at: node.range,
                "'state.directory' is \(scalar.text.isEmpty ? "empty" : "too long for a path")",
                hint: "leave it out for \(defaultDirectory)")
            return nil
        }
        guard !scalar.text.contains("{"), !scalar.text.contains("}") else {
            findings.report(
                "unknown_placeholder", at: node.range,
                "'state.directory' holds a placeholder that nothing fills",
                hint: "every environment's record stands in the one directory")
            return nil
        }
        return findings.file.path(relative: scalar.text)
    }

    /// Reports a lease that is too short for the longest request.
    func checkLease(for environments: [Environment]) {
        guard let git,
            let longest = environments.max(by: { $0.timeout.seconds < $1.timeout.seconds }),
            git.branch.lease.seconds < 3 * longest.timeout.seconds
        else { return }
        git.findings.report(
            "invalid_lease", at: git.leaseRange,
            "the lease of \(git.branch.lease) is shorter than three times the longest timeout "
                + "(\(longest.timeout) of \(longest.name))",
            hint: "write lease: \(3 * longest.timeout.seconds)s or more, or shorten the timeout")
    }
}
