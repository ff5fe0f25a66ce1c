internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// References to secrets. Their values may be pasted here by mistake, so no message quotes one.
extension EnvironmentDecoder {
    mutating func credential(_ name: String) -> SecretReference? {
        let path = "credentials.\(name)"
        guard own.credentials.isUsable else { return nil }
        if let entry = own.credentials.entries[name] {
            return reference(own.sourced(entry), of: path)
        }
        if let defaults {
            guard defaults.credentials.isUsable else { return nil }
            if let entry = defaults.credentials.entries[name] {
                return reference(defaults.sourced(entry), of: path)
            }
        }
        let isMisspelt =
            own.credentials.misspelt.contains(name)
            || defaults?.credentials.misspelt.contains(name) == true
        if !isExcused(.credentials), !isMisspelt {
            reportMissing(path, hint: "write { env: NAME } or { file: PATH }")
        }
        return nil
    }

    /// The secrets that the URL uses. Own secrets that it does not use are a mistake.
    mutating func webhookSecrets(for url: WebhookURL?) -> [String: SecretReference]? {
        let isKnown = own.webhookSecrets.isUsable && defaults?.webhookSecrets.isUsable ?? true
        var references = ownSecrets(for: isKnown ? url : nil)
        guard let url, isKnown else {
            markAnyUsed()
            return nil
        }
        markUsed(url.placeholders)
        for name in url.placeholders where own.webhookSecrets.entries[name] == nil {
            guard let defaults, let entry = defaults.webhookSecrets.entries[name] else {
                reportUnfilled(name)
                references = nil
                continue
            }
            if let reference = reference(defaults.sourced(entry), of: secretPath(name)) {
                references?[name] = reference
            } else {
                references = nil
            }
        }
        return references
    }

    /// Every own secret is checked, also where no URL can tell whether it is used.
    private mutating func ownSecrets(for url: WebhookURL?) -> [String: SecretReference]? {
        var references: [String: SecretReference]? = [:]
        let used = url.map { Set($0.placeholders) }
        for (name, entry) in own.webhookSecrets.entries {
            if let reference = reference(own.sourced(entry), of: secretPath(name)) {
                references?[name] = reference
            } else {
                references = nil
            }
            guard let used, !used.contains(name) else { continue }
            references = nil
            own.findings.report(
                "unused_secret", at: entry.keyRange,
                "\(secretPath(name)) is not used by webhook_url",
                hint: "put {\(shownName(name))} into the URL, or leave the secret out")
        }
        return references
    }

    /// What messages call a secret; a name that may be a secret itself is hidden.
    func secretPath(_ name: String) -> String {
        "webhook_secrets.\(shownName(name))"
    }

    private func shownName(_ name: String) -> String {
        SecretValueRanges.mayBeSecret(name) ? Excerpt.redacted : name
    }

    private mutating func reportUnfilled(_ name: String) {
        guard !isTrial, let sourced = sourced(.webhookURL) else { return }
        // In `defaults` the place alone does not tell which environment lacks the secret.
        let whose = sourced.isDefaults ? " of \(quoted(key))" : ""
        sourced.findings.report(
            "unknown_placeholder", about: name, at: sourced.node.range,
            "webhook_url holds {\(name)}, which no webhook_secrets\(whose) fills",
            hint: name == "environment"
                ? EnvironmentDecoder.onlyInDefaults : "declare webhook_secrets.\(name)")
    }

    private static let referenceKeys: Vocabulary = ["env", "file"]

    /// `{ env: NAME }` or `{ file: PATH }`.
    mutating func reference(_ sourced: Sourced, of path: String) -> SecretReference? {
        guard
            !sourced.findings.reportNull(
                sourced.node, of: path, hint: "write { env: NAME } or { file: PATH }")
        else { return nil }
        guard case .mapping(let mapping) = sourced.node.content else {
            if case .refused = sourced.node.content { return nil }
            sourced.findings.report(
                "literal_secret", at: sourced.node.range,
                "\(path) must be { env: NAME } or { file: PATH }, never the value itself",
                hint: "if this was a real key, rotate it")
            return nil
        }
        // Counted first: `defaults` come here once for every environment.
        guard mapping.entries.count == 1 else {
            sourced.findings.report(
                "secret_reference", at: sourced.node.range,
                "\(path) must hold exactly one of env and file",
                hint: "write { env: NAME } or { file: PATH }")
            return nil
        }
        guard
            let (values, _) = MappingReader.entries(
                of: sourced.node, named: path, known: EnvironmentDecoder.referenceKeys,
                hidesKeys: true,
                into: sourced.findings),
            let entry = values.values.first
        else { return nil }
        return reference(
            sourced.with(entry), of: "\(path).\(entry.key)", isVariable: entry.key == "env")
    }

    private mutating func reference(_ sourced: Sourced, of path: String, isVariable: Bool)
        -> SecretReference?
    {
        guard !EnvironmentLayer.isTooLong(sourced.node) else {
            sourced.findings.report(
                "value_too_long", at: sourced.node.range, "\(path) is too long",
                hint: "if this was a real key, rotate it")
            return nil
        }
        guard !sourced.findings.reportNull(sourced.node, of: path),
            let text = plainText(sourced, of: path)
        else { return nil }
        if isVariable {
            guard isVariableName(text) else {
                sourced.findings.report(
                    "secret_reference", at: sourced.node.range,
                    "\(path) is no name of an environment variable",
                    hint: "use A-Z, a-z, 0-9 and _; if this was a real key, rotate it")
                return nil
            }
            return allowed(.variable(text), sourced, of: path)
        }
        guard !text.isEmpty else {
            sourced.findings.report("secret_reference", at: sourced.node.range, "\(path) is empty")
            return nil
        }
        return allowed(.file(sourced.findings.file.path(relative: text)), sourced, of: path)
    }

    /// A reference that the policy allows, else nil; the policy's mistake is not quoted either.
    private func allowed(_ reference: SecretReference, _ sourced: Sourced, of path: String)
        -> SecretReference?
    {
        guard let policy else { return reference }
        let refusal: (code: String, message: String, field: String, hint: String)
        switch reference {
        case .variable(let name):
            guard !policy.policy.allowsVariable(name) else { return reference }
            refusal = (
                "variable_not_allowed", "a variable that policy.env does not allow", "env",
                "name an allowed one, or add it to the policy"
            )
        case .file(let file):
            guard !policy.policy.allowsFile(file) else { return reference }
            refusal = (
                "file_not_allowed", "a file outside the folders of policy.files", "files",
                "paths are compared as written, without following links; name a file in one of "
                    + "the folders, or add its folder to the policy"
            )
        }
        // In `defaults` the place alone does not tell which environment's name makes the mistake.
        let whose = sourced.isDefaults ? ", filled in for \(quoted(key))," : ""
        sourced.findings.report(
            refusal.code, about: path, at: sourced.node.range,
            "\(path)\(whose) names \(refusal.message)",
            hint: refusal.hint + policy.place(seenFrom: sourced.findings),
            notes: policy.notes(on: refusal.field, for: sourced.findings))
        return nil
    }

    private func isVariableName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), text.utf8.count <= 255
        else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"): false
            default: byte.isUnreservedInURL
            }
        }
    }
}
