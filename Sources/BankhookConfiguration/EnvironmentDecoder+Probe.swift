internal import BankhookModel
internal import YAMLSyntax

/// How the endpoint is tried.
extension EnvironmentDecoder {
    mutating func probe(_ sourced: Sourced) -> ProbeMode? {
        // `off` is a word to YAML 1.2, and `false` a boolean that somebody may mean by it.
        guard case .scalar(let scalar) = sourced.node.content, scalar.resolved == .string else {
            sourced.findings.reportWrongType(
                sourced.node, of: "'probe'", wanted: "a word", hint: EnvironmentDecoder.probeHint)
            return nil
        }
        guard let mode = ProbeMode(rawValue: scalar.text) else {
            sourced.findings.report(
                "unknown_probe", at: sourced.node.range, "unknown probe \(quoted(scalar.text))",
                hint: EnvironmentDecoder.probeHint)
            return nil
        }
        return mode
    }

    private static var probeHint: String { "use off, warn or require" }

    /// Own headers and those of `defaults`, merged by name.
    mutating func probeHeaders() -> [String: SecretReference]? {
        guard own.probeHeaders.isUsable, defaults?.probeHeaders.isUsable ?? true else {
            return nil
        }
        var references: [String: SecretReference]? = [:]
        var sources = [String: Sourced]()
        for (name, entry) in defaults?.probeHeaders.entries ?? [:] {
            sources[name] = defaults?.sourced(entry)
        }
        for (name, entry) in own.probeHeaders.entries { sources[name] = own.sourced(entry) }
        for (name, sourced) in sources {
            let path = "probe_headers.\(SecretValueRanges.shownHeader(name))"
            if let reference = reference(sourced, of: path) {
                references?[sourced.entry.key] = reference
            } else {
                references = nil
            }
        }
        return references
    }
}
