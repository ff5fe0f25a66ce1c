internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The root of a configuration file.
struct ConfigurationDecoder {
    private static let keys: Set = ["version", "defaults", "policy", "state", "environments"]

    /// Reports every mistake; returns nil only where the root itself is unusable.
    ///
    /// `policyFile` is what a policy file came to, where there is one: it alone guards then.
    static func decode(
        _ root: YAMLNode, guardedBy policyFile: PolicyResult?, into findings: inout Findings
    ) -> Configuration? {
        guard
            let (values, misspelt) = MappingReader.entries(
                of: root, named: "the file", known: keys, ignoring: { $0.hasPrefix("x-") },
                into: &findings)
        else { return nil }
        checkVersion(values["version"], isMisspelt: misspelt.contains("version"), &findings)
        let policy = policy(
            values["policy"], isMisspelt: misspelt.contains("policy"), guardedBy: policyFile,
            &findings)
        let state = StateDecoder.decode(values["state"]?.value, into: &findings)
        let defaults = defaults(in: values["defaults"]?.value, into: &findings)
        let lacksDefaults =
            defaults == nil && (values["defaults"] != nil || misspelt.contains("defaults"))
        var environments = [Environment]()
        if let entry = values["environments"] {
            environments = self.environments(
                in: entry.value, defaults: defaults, lacksDefaults: lacksDefaults, policy: policy,
                into: &findings)
        } else if !misspelt.contains("environments") {
            findings.report(
                "missing_field", about: "environments", at: SourceRange(at: .start),
                "the file has no 'environments'",
                hint: "declare at least one environment under it")
        }
        return Configuration(
            environments: environments.sorted { $0.name < $1.name }, policy: policy ?? .none,
            stateDirectory: state)
    }

    /// Nil where there is none to judge by.
    private static func policy(
        _ entry: YAMLMapping.Entry?, isMisspelt: Bool, guardedBy policyFile: PolicyResult?,
        _ findings: inout Findings
    ) -> Policy? {
        guard let policyFile else {
            guard let entry else { return isMisspelt ? nil : Policy.none }
            return PolicyDecoder.decode(entry.value, into: &findings)
        }
        if let entry {
            findings.report(
                "policy_twice", at: entry.keyRange,
                "there is a policy file, and a 'policy' here too",
                hint: "move it into the file: the guard must not stand in the file that it guards")
        }
        return policyFile.policy
    }

    private static func checkVersion(
        _ entry: YAMLMapping.Entry?, isMisspelt: Bool, _ findings: inout Findings
    ) {
        guard let entry else {
            guard !isMisspelt else { return }
            findings.report(
                "missing_field", about: "version", at: SourceRange(at: .start),
                "the file has no 'version'",
                hint: "write version: 1")
            return
        }
        guard case .scalar(let scalar) = entry.value.content, scalar.resolved == .integer else {
            findings.reportWrongType(
                entry.value, of: "'version'", wanted: "the number 1", hint: "write version: 1")
            return
        }
        guard scalar.text == "1" else {
            findings.report(
                "unknown_version", at: entry.value.range,
                "unknown version \(quoted(scalar.text))", hint: "this bankhook reads version 1")
            return
        }
    }

    private static func environments(
        in node: YAMLNode, defaults: EnvironmentLayer?, lacksDefaults: Bool, policy: Policy?,
        into findings: inout Findings
    ) -> [Environment] {
        guard case .mapping(let mapping) = node.content else {
            findings.reportWrongType(
                node, of: "'environments'", wanted: "a mapping",
                hint: node.tightKey.flatMap(EnvironmentName.init) == nil
                    ? "declare at least one environment under it" : SyntaxHint.colon)
            return []
        }
        var environments = [Environment]()
        // Nil where nobody can tell.
        var usedSecrets: Set<String>? = []
        for entry in mapping.entries {
            let name = EnvironmentName(entry.key)
            if name == nil { reportName(entry, into: &findings) }
            guard let own = own(entry, into: &findings) else {
                usedSecrets = nil
                continue
            }
            var decoder = EnvironmentDecoder(
                key: entry.key, keyRange: entry.keyRange, own: own, defaults: defaults,
                policy: policy, excusesMissing: lacksDefaults, findings: findings)
            // The decoder has them now: a second reference would copy them at every mistake.
            findings = Findings(file: findings.file)
            let environment = decoder.decode(name: name)
            findings = decoder.findings
            usedSecrets?.formUnion(decoder.usedSecrets)
            if decoder.mayUseAnySecret { usedSecrets = nil }
            if let environment { environments.append(environment) }
        }
        if let defaults {
            DefaultsCheck.check(defaults, usedSecrets: usedSecrets, into: &findings)
        }
        return environments
    }

    private static func defaults(in node: YAMLNode?, into findings: inout Findings)
        -> EnvironmentLayer?
    {
        guard let node, !findings.reportNull(node, of: "defaults") else { return nil }
        return EnvironmentLayer(node, named: "'defaults'", isDefaults: true, into: &findings)
    }

    private static func own(_ entry: YAMLMapping.Entry, into findings: inout Findings)
        -> EnvironmentLayer?
    {
        if case .scalar(let scalar) = entry.value.content, scalar.text.isEmpty {
            findings.report(
                "null_value", at: entry.value.range, "environment \(quoted(entry.key)) is empty",
                hint: "write {} where 'defaults' say all of it")
            return nil
        }
        return EnvironmentLayer(
            entry.value, named: "environment \(quoted(entry.key))", isDefaults: false,
            into: &findings)
    }

    private static func reportName(_ entry: YAMLMapping.Entry, into findings: inout Findings) {
        findings.report(
            "invalid_environment_name", at: entry.keyRange,
            "invalid environment name \(quoted(entry.key))",
            hint: "use a-z, 0-9, '.', '_' and '-', starting and ending with a letter or digit, "
                + "at most 63, without '..' and not ending in '.lock'")
    }
}
