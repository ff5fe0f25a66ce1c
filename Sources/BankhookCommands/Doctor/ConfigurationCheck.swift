internal import BankhookConfiguration
internal import BankhookModel
internal import SourceText

/// Are a configuration and its policy there, and right?
struct ConfigurationCheck {
    let choice: InputChoice
    let result: ConfigurationResult
    /// Whether a CI runs this.
    let isCI: Bool

    /// The mistakes that `validate` alone shows with their lines.
    private var next: String { "bankhook validate shows each with its line" }

    var findings: [DoctorFinding] { [configuration, policy] }

    private var errors: [Diagnostic] {
        result.report.sorted.filter { $0.severity == .error }
    }

    private func isOfPolicy(_ diagnostic: Diagnostic) -> Bool {
        choice.policy != nil && diagnostic.file.path == choice.policy
    }

    // MARK: The configuration

    private var configuration: DoctorFinding {
        let place = choice.configuration
        let own = errors.filter { !isOfPolicy($0) }
        guard let found = result.configuration else {
            return own.isEmpty
                ? .unchecked(
                    .configuration, "its policy has mistakes", next: next, about: place)
                : mistakes(own, .configuration, about: place, chosen: choice.configurationSource)
        }
        guard !found.environments.isEmpty else {
            return .warning(
                .configuration, "no_environment", "no environment is declared",
                next: "bankhook init writes one to begin with", about: place)
        }
        let source = choice.configurationSource.map { "named by \($0)" } ?? "in this folder"
        let files = found.isDirectory ? " in \(DoctorText.count(found.files.count, "file"))" : ""
        return .ok(
            .configuration,
            "\(DoctorText.count(found.environments.count, "environment"))\(files), \(source)",
            about: place)
    }

    /// One mistake in its own words, or how many there are.
    private func mistakes(
        _ mistakes: [Diagnostic], _ check: DoctorCheck, about place: String, chosen: String?
    ) -> DoctorFinding {
        let source = chosen.map { " (named by \($0))" } ?? ""
        // A file that cannot be read has no lines to be shown.
        if let only = mistakes.first, mistakes.count == 1, DoctorText.isAboutFile(only.code) {
            return .error(
                check, only.code, "\(only.message)\(source)", next: only.hint ?? next,
                about: place)
        }
        return .error(
            check, "configuration_invalid",
            "\(DoctorText.count(mistakes.count, "mistake"))\(source)", next: next, about: place)
    }

    // MARK: The policy

    private var policy: DoctorFinding {
        if let file = choice.policy {
            let own = errors.filter(isOfPolicy)
            return own.isEmpty
                ? .ok(.policy, "named by \(choice.policySource ?? "--policy")", about: file)
                : mistakes(own, .policy, about: file, chosen: choice.policySource)
        }
        guard let found = result.configuration else {
            return DoctorText.withoutConfiguration(.policy)
        }
        if !found.policy.isNone { return .ok(.policy, "the configuration's own") }
        let none = "none: whoever edits the configuration may change every URL"
        return isCI
            ? .warning(
                .policy, "no_policy", none,
                next: "keep one in a file with an owner of its own, and name it with --policy")
            : .ok(.policy, none)
    }
}

extension Policy {
    /// Whether it narrows nothing.
    fileprivate var isNone: Bool {
        webhookHosts == nil && apiHosts.isEmpty && maxChanges == nil && variables == nil
            && folders == nil && history == .warn
    }
}
