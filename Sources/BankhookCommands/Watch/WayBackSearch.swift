internal import BankhookConfiguration
internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan
internal import Git
internal import SourceText
internal import SystemCalls

/// Finds the command that takes a change of URL back.
struct WayBackSearch: Sendable {
    let context: CommandContext
    let configuration: Configuration
    let git: Git
    /// How many environments are recorded, for `policy.max_changes`.
    let recorded: Int
    /// Whether the apply asks nobody.
    let isApproved: Bool

    /// The way back from a change that was applied.
    func find(for change: Change) async -> WayBack {
        guard let before = change.before, let applied = change.record?.applied else {
            return WayBack(
                message:
                    "there is no way back from a first registration: BankConnect removes none; "
                    + "\(change.name) stays registered until another URL replaces it",
                command: nil)
        }
        let rest = WayBackSearch.otherAccount(change)
        if before.webhookURL == change.after?.webhookURL {
            guard Cutover.differsFromRecord(change) else {
                return WayBack(
                    message: "this apply itself has gone back to what was recorded; what "
                        + "BankConnect had before is not known for certain",
                    command: nil)
            }
            return formerSecrets(of: change, rest: rest)
        }
        let commits = ConfigurationCommits(configuration, path: context.configurationPath, git: git)
        if !change.reasons.contains(.accountChanged), isAsItWasRead,
            let file = change.desired?.environment.file.path,
            let found = await commits.find(
                file, policy: configuration.policyFile, startingWith: applied.revision,
                where: { past in
                    FormerConfiguration(past: past, today: configuration)
                        .takesBack(change.name, to: before)
                })
        {
            return restoration(found, of: change, rest: rest)
        }
        return edit(to: before, of: change, rest: rest)
    }

    /// Whether nobody has changed the configuration during the wait.
    private var isAsItWasRead: Bool {
        configuration.files.allSatisfy { file in
            (try? FileContent.read(path: file.path, limit: file.bytes.count)) == .file(file.bytes)
        }
    }

    /// What going back does not change.
    private static func otherAccount(_ change: Change) -> String {
        guard
            change.reasons.contains(.accountChanged)
                || change.before?.baseURL != change.after?.baseURL
                || change.before?.flow != change.after?.flow
        else { return "" }
        return "; the account changed too, and this one keeps the new URL until another replaces it"
    }

    // MARK: The ways

    private func restoration(
        _ found: ConfigurationCommits.Found, of change: Change, rest: String
    ) -> WayBack {
        let past = found.configuration.environments.first { $0.name == change.name }
        let allowed = allowed(
            for: change, isProtected: past?.isProtected == true,
            lowersMode: past?.registration.mode == .netBanking
                && change.after?.mode != .netBanking, policy: found.configuration.policy)
        let dropped =
            found.isDirty
            ? "; it drops what is not committed of \(found.file): copy that first" : ""
        let again = apply(change.name, allowing: allowed)
        let goal =
            "to go back to \(change.before?.webhookURL.text ?? "") (the configuration only, "
            + "with its comments, never the records)"
        var missing = ""
        switch past.map(SecretResolver(variables: context.variables).resolve) {
        case .atHand(let values)?:
            let changed = changedSecrets(values.webhookSecrets, of: change)
            // With the values of today it would register a third URL.
            guard changed.isEmpty else {
                return WayBack(
                    message: "\(goal): restore it, give "
                        + places(of: changed, past?.webhookSecrets ?? [:])
                        + " its former value, then run \(again), and commit both\(dropped)\(rest)",
                    command: found.restore)
            }
        case .missing(let problems, _)?:
            let shown = problems.map { "\($0.field): \($0.message)" }.joined(separator: ", ")
            missing = "; it needs what is not at hand now (\(shown))"
        case nil: break
        }
        return WayBack(
            message: "\(goal), and then commit both\(dropped)\(missing)\(rest)",
            command: "\(found.restore) && \(again)")
    }

    /// The placeholders of the former URL that would be filled with other values than they were, or
    /// that cannot be compared.
    private func changedSecrets(_ values: [String: Secret], of change: Change) -> [String] {
        let names = change.before?.webhookURL.placeholders ?? []
        // The credentials are part of the fingerprints' key.
        guard !change.reasons.contains(.accountChanged), let record = change.record,
            let credentials = change.desired?.secrets?.credentials
        else { return names }
        let now = Fingerprint.webhookSecrets(
            SecretValues(credentials: credentials, webhookSecrets: values), lineage: record.lineage)
        return names.filter { now[$0] == nil || now[$0] != record.applied?.webhookSecrets[$0] }
    }

    private func places(of names: [String], _ references: [String: SecretReference]) -> String {
        names.map { name in
            "{\(name)}" + (references[name].map { " in \($0)" } ?? "")
        }.joined(separator: " and ")
    }

    private func edit(to before: Registration, of change: Change, rest: String) -> WayBack {
        let environment = change.desired?.environment
        let place = environment.map { environment in
            "\(environment.file.path):\(environment.range.start.line)"
        }
        let declared = environment?.webhookSecrets ?? [:]
        let undeclared = before.webhookURL.placeholders.filter { declared[$0] == nil }
        let changed = changedSecrets(
            change.desired?.secrets?.webhookSecrets ?? [:], of: change
        )
        .filter { declared[$0] != nil }
        let more =
            (undeclared.isEmpty
                ? ""
                : ", and its webhook_secrets, with their former values: "
                    + undeclared.joined(separator: ", "))
            + (changed.isEmpty ? "" : ", give \(places(of: changed, declared)) its former value")
        let mode =
            before.mode == change.after?.mode ? "" : " and webhook_mode: \(before.mode.word)"
        return WayBack(
            message: "to go back: write webhook_url: \(before.webhookURL.text)\(mode) at "
                + "\(change.name) in \(place ?? context.configurationPath)\(more), then apply; no "
                + "commit here goes back to that and changes nothing else\(rest)",
            command: apply(
                change.name,
                allowing: allowed(
                    for: change, isProtected: environment?.isProtected == true,
                    lowersMode: before.mode == .netBanking && change.after?.mode != .netBanking,
                    policy: configuration.policy)))
    }

    /// The URL differs in its secrets alone, whose values nobody recorded.
    private func formerSecrets(of change: Change, rest: String) -> WayBack {
        let environment = change.desired?.environment
        let names = change.reasons.compactMap { reason in
            if case .secretRotated(let name) = reason { name } else { nil }
        }
        let rotated = names.isEmpty ? change.before?.webhookURL.placeholders ?? [] : names
        return WayBack(
            message: "to go back: give "
                + "\(places(of: rotated, environment?.webhookSecrets ?? [:])) its former value, then "
                + "apply\(rest)",
            command: apply(
                change.name,
                allowing: allowed(
                    for: change, isProtected: environment?.isProtected == true,
                    lowersMode: false, policy: configuration.policy)))
    }

    // MARK: The command

    private func allowed(
        for change: Change, isProtected: Bool, lowersMode: Bool, policy: Policy
    ) -> [Refusal.Allow] {
        var allowed = [Refusal.Allow]()
        if isProtected { allowed.append(.protected) }
        if lowersMode { allowed.append(.modeDowngrade) }
        if let most = policy.maxChanges?.allowed(recorded: recorded), most < 1 {
            allowed.append(.maxChanges)
        }
        return allowed
    }

    private func apply(_ name: EnvironmentName, allowing allowed: [Refusal.Allow]) -> String {
        var words = ["bankhook", "apply"] + context.placeOptions + ["--target", name.text]
        if !allowed.isEmpty {
            words += ["--allow", allowed.map(\.rawValue).joined(separator: ",")]
        }
        if isApproved { words.append("--auto-approve") }
        return ShellText.command(words)
    }
}
