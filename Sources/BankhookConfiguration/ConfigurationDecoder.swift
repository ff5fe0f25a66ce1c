internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The files of a configuration, merged; a single file is simply one part.
struct ConfigurationDecoder {
    private let parts: [ConfigurationPart]
    /// Where the files are those of a directory: it stands for mistakes that no file alone makes.
    private let directory: SourceFile?
    /// Whether the text of every file could be read, so that what is not there is missing.
    private let isWhole: Bool

    /// Takes the parts in the order of their files; `lacksFiles` tells that there are others, which
    /// could not be read.
    init(_ parts: [ConfigurationPart], directory: SourceFile?, lacksFiles: Bool) {
        self.parts = parts
        self.directory = directory
        isWhole = !lacksFiles && parts.allSatisfy(\.isReadable)
    }

    /// One key of the root in the file that holds it.
    private struct Section {
        let findings: Findings
        let entry: YAMLMapping.Entry
    }

    /// Reports every mistake; returns nil only where there is no file.
    ///
    /// `policyFile` is what a policy file came to, where there is one: it alone guards then.
    func decode(guardedBy policyFile: PolicyResult?, into collector: MistakeCollector)
        -> Configuration?
    {
        guard let first = parts.first else { return nil }
        let policy = policy(guardedBy: policyFile)
        let states = sections("state").map {
            StateDecoder($0.entry.value, into: $0.findings)
        }
        let state = states.first ?? StateDecoder(nil, into: first.findings)
        let environments = environments(policy: policy)
        state.checkLease(for: environments)
        reportSilence(to: collector)
        return Configuration(
            environments: environments.sorted { $0.name < $1.name },
            policy: policy?.policy ?? .none,
            stateDirectory: state.directory, stateBranch: state.git?.branch,
            files: parts.map(\.findings.file), isDirectory: directory != nil,
            policyFile: policyFile?.file, redactions: collector.redactions)
    }

    // MARK: Keys that one file may hold

    /// A key in every file that holds it, which is a mistake from the second on.
    private func sections(_ key: String) -> [Section] {
        let sections = all(key)
        guard let first = sections.first else { return [] }
        for section in sections.dropFirst() {
            section.findings.report(
                "\(key)_twice", at: section.entry.keyRange,
                "'\(key)' stands in \(first.findings.file.path) too",
                hint: "leave it to one file of the directory",
                notes: [
                    Diagnostic.Note(
                        "the other '\(key)' stands here", in: first.findings.file,
                        at: first.entry.keyRange)
                ])
        }
        return sections
    }

    private func all(_ key: String) -> [Section] {
        parts.compactMap { part in
            part[key].map { Section(findings: part.findings, entry: $0) }
        }
    }

    private func mayHold(_ key: String) -> Bool {
        !isWhole || parts.contains { $0.mayHold(key) }
    }

    /// Nil where there is none to judge by.
    private func policy(guardedBy policyFile: PolicyResult?) -> PolicyRules? {
        guard let policyFile else {
            let policies = sections("policy").map {
                PolicyDecoder.decode($0.entry.value, into: $0.findings)
            }
            guard let first = policies.first else {
                return mayHold("policy") ? nil : PolicyRules.none
            }
            return policies.count == 1 ? first : nil
        }
        for section in all("policy") {
            section.findings.report(
                "policy_twice", at: section.entry.keyRange,
                "there is a policy file, and a 'policy' here too",
                hint: "move it into the file: the guard must not stand in the file that it guards")
        }
        return policyFile.rules
    }

    // MARK: Environments

    private static let wayToDeclare = "declare at least one environment under it"

    private func environments(policy: PolicyRules?) -> [Environment] {
        let sections = sections("defaults")
        let layers = sections.map { section -> EnvironmentLayer? in
            section.findings.reportNull(section.entry.value, of: "defaults")
                ? nil
                : EnvironmentLayer(
                    section.entry.value, named: "'defaults'", isDefaults: true,
                    into: section.findings)
        }
        let isCertain =
            switch layers.count {
            case 0: !mayHold("defaults")
            case 1: layers[0] != nil
            default: false
            }
        var decoder = EnvironmentsDecoder(
            defaults: layers.first ?? nil, policy: policy, excusesMissing: !isCertain)
        let declarations = all("environments")
        for section in declarations {
            decoder.decode(section.entry.value, into: section.findings)
        }
        let areAllKnown = isCertain && isWhole && !declarations.isEmpty
        for layer in layers.compactMap(\.self) {
            DefaultsCheck.check(layer, usedSecrets: areAllKnown ? decoder.usedSecrets : nil)
        }
        return decoder.environments
    }

    /// Reports that nobody declares environments, and each file of a directory that says nothing.
    private func reportSilence(to collector: MistakeCollector) {
        let isUndeclared = all("environments").isEmpty && !mayHold("environments")
        let silent = directory == nil ? parts.filter { _ in isUndeclared } : parts.filter(\.isIdle)
        for part in silent {
            part.findings.report(
                "missing_field", about: "environments", at: SourceRange(at: .start),
                "the file has no 'environments'", hint: ConfigurationDecoder.wayToDeclare)
        }
        guard isUndeclared, silent.isEmpty, let directory else { return }
        let start = SourceRange(at: .start)
        collector.add("missing_field", in: directory, at: start) {
            Diagnostic(
                code: "missing_field", in: directory, at: start,
                "no file of the directory has 'environments'",
                hint: ConfigurationDecoder.wayToDeclare, excerpt: .omitted)
        }
    }
}
