internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The `environments` of every file, merged by name over the `defaults` of one.
struct EnvironmentsDecoder {
    let defaults: EnvironmentLayer?
    let policy: PolicyRules?
    /// Whether a field may be missing, because unusable `defaults` may have been meant to set it.
    let excusesMissing: Bool
    /// In the order in which they are declared.
    private(set) var environments = [Environment]()
    /// The webhook secrets that the environments use; nil where nobody can tell.
    private(set) var usedSecrets: Set<String>? = []
    private var declared = [String: Place]()

    /// Where a name is declared.
    private struct Place {
        let file: SourceFile
        let range: SourceRange
    }

    init(defaults: EnvironmentLayer?, policy: PolicyRules?, excusesMissing: Bool) {
        self.defaults = defaults
        self.policy = policy
        self.excusesMissing = excusesMissing
    }

    /// Adds those of one file, or reports what is wrong with them.
    mutating func decode(_ node: YAMLNode, into findings: Findings) {
        guard case .mapping(let mapping) = node.content else {
            findings.reportWrongType(
                node, of: "'environments'", wanted: "a mapping",
                hint: node.tightKey.flatMap(EnvironmentName.init) == nil
                    ? "declare at least one environment under it" : SyntaxHint.colon)
            usedSecrets = nil
            return
        }
        for entry in mapping.entries {
            if let environment = environment(entry, into: findings) {
                environments.append(environment)
            }
        }
    }

    private mutating func environment(_ entry: YAMLMapping.Entry, into findings: Findings)
        -> Environment?
    {
        let name = EnvironmentName(entry.key)
        if name == nil { reportName(entry, into: findings) }
        reportTwice(entry, into: findings)
        guard let own = own(entry, into: findings) else {
            usedSecrets = nil
            return nil
        }
        var decoder = EnvironmentDecoder(
            key: entry.key, keyRange: entry.keyRange, own: own, defaults: defaults,
            policy: policy, excusesMissing: excusesMissing)
        let environment = decoder.decode(name: name)
        usedSecrets?.formUnion(decoder.usedSecrets)
        if decoder.mayUseAnySecret { usedSecrets = nil }
        return environment
    }

    private mutating func reportTwice(_ entry: YAMLMapping.Entry, into findings: Findings) {
        guard let first = declared[entry.key] else {
            declared[entry.key] = Place(file: findings.file, range: entry.keyRange)
            return
        }
        findings.report(
            "environment_twice", at: entry.keyRange,
            "environment \(quoted(entry.key)) is declared in \(first.file.path) too",
            hint: "remove one of the two",
            notes: [
                Diagnostic.Note("the other one is declared here", in: first.file, at: first.range)
            ])
    }

    private func own(_ entry: YAMLMapping.Entry, into findings: Findings) -> EnvironmentLayer? {
        if case .scalar(let scalar) = entry.value.content, scalar.text.isEmpty {
            findings.report(
                "null_value", at: entry.value.range, "environment \(quoted(entry.key)) is empty",
                hint: "write {} where 'defaults' say all of it")
            return nil
        }
        return EnvironmentLayer(
            entry.value, named: "environment \(quoted(entry.key))", isDefaults: false,
            into: findings)
    }

    private func reportName(_ entry: YAMLMapping.Entry, into findings: Findings) {
        findings.report(
            "invalid_environment_name", at: entry.keyRange,
            "invalid environment name \(quoted(entry.key))",
            hint: "use a-z, 0-9, '.', '_' and '-', starting and ending with a letter or digit, "
                + "at most 63, without '..' and not ending in '.lock'")
    }
}
