internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// References to secrets. Their values may be pasted here by mistake, so no message quotes one.
extension EnvironmentDecoder {
    mutating func credential(_ name: String) -> SecretReference? {
        let path = "credentials.\(name)"
        var isExcused = isExcused(.credentials)
        for layer in [own, defaults].compactMap(\.self) {
            guard layer.credentials.isUsable else { return nil }
            if let entry = layer.credentials.entries[name] {
                return reference(Sourced(entry: entry, isDefaults: layer.isDefaults), of: path)
            }
            isExcused = isExcused || layer.credentials.misspelt.contains(name)
        }
        if !isExcused {
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
            guard let entry = defaults?.webhookSecrets.entries[name] else {
                reportUnfilled(name)
                references = nil
                continue
            }
            let sourced = Sourced(entry: entry, isDefaults: true)
            if let reference = reference(sourced, of: secretPath(name)) {
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
            if let reference = reference(
                Sourced(entry: entry, isDefaults: false), of: secretPath(name))
            {
                references?[name] = reference
            } else {
                references = nil
            }
            guard let used, !used.contains(name) else { continue }
            references = nil
            findings.report(
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
        findings.report(
            "unknown_placeholder", about: name, at: sourced.node.range,
            "webhook_url holds {\(name)}, which no webhook_secrets\(whose) fills",
            hint: name == "environment"
                ? EnvironmentDecoder.onlyInDefaults : "declare webhook_secrets.\(name)")
    }

    /// `{ env: NAME }` or `{ file: PATH }`.
    mutating func reference(_ sourced: Sourced, of path: String) -> SecretReference? {
        guard !findings.reportNull(sourced.node, of: path) else { return nil }
        guard case .mapping(let mapping) = sourced.node.content else {
            if case .refused = sourced.node.content { return nil }
            findings.report(
                "literal_secret", at: sourced.node.range,
                "\(path) must be { env: NAME } or { file: PATH }, never the value itself",
                hint: "if this was a real key, rotate it")
            return nil
        }
        // Counted first: `defaults` come here once for every environment.
        guard mapping.entries.count == 1 else {
            findings.report(
                "secret_reference", at: sourced.node.range,
                "\(path) must hold exactly one of env and file",
                hint: "write { env: NAME } or { file: PATH }")
            return nil
        }
        guard
            let (values, _) = MappingReader.entries(
                of: sourced.node, named: path, known: ["env", "file"], hidesKeys: true,
                into: &findings),
            let entry = values.values.first
        else { return nil }
        return reference(
            Sourced(entry: entry, isDefaults: sourced.isDefaults),
            of: "\(path).\(entry.key)", isVariable: entry.key == "env")
    }

    private mutating func reference(_ sourced: Sourced, of path: String, isVariable: Bool)
        -> SecretReference?
    {
        guard !EnvironmentLayer.isTooLong(sourced.node) else {
            findings.report(
                "value_too_long", at: sourced.node.range, "\(path) is too long",
                hint: "if this was a real key, rotate it")
            return nil
        }
        guard !findings.reportNull(sourced.node, of: path),
            let text = plainText(sourced, of: path)
        else { return nil }
        if isVariable {
            guard isVariableName(text) else {
                findings.report(
                    "secret_reference", at: sourced.node.range,
                    "\(path) is no name of an environment variable",
                    hint: "use A-Z, a-z, 0-9 and _; if this was a real key, rotate it")
                return nil
            }
            return .variable(text)
        }
        guard !text.isEmpty else {
            findings.report("secret_reference", at: sourced.node.range, "\(path) is empty")
            return nil
        }
        return .file(findings.file.path(relative: text))
    }

    private func isVariableName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), text.utf8.count <= 255
        else { return false }
        return text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte.isUnreservedInURL && !"-.~".utf8.contains(byte)
        }
    }
}
