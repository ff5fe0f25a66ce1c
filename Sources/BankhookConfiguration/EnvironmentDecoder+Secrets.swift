internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// References to secrets. Their values may be pasted here by mistake, so no message quotes one.
extension EnvironmentDecoder {
    mutating func credential(_ name: String) -> SecretReference? {
        let path = "credentials.\(name)"
        let known: Set = ["api_key", "server_hash"]
        var isExcused = isMisspelt(.credentials)
        for layer in [own, defaults].compactMap(\.self) {
            guard let entry = layer.values["credentials"] else { continue }
            let sourced = Sourced(entry: entry, isDefaults: layer.isDefaults)
            guard !reportNull(sourced, of: "credentials", offWord: nil) else { return nil }
            guard isMapping(sourced.node, "credentials") else { return nil }
            guard
                let (values, misspelt) = MappingReader.entries(
                    of: entry.value, named: "'credentials'", known: known, hidesKeys: true,
                    into: &findings)
            else { return nil }
            if let entry = values[name] {
                return reference(
                    Sourced(entry: entry, isDefaults: layer.isDefaults), of: path)
            }
            isExcused = isExcused || misspelt.contains(name)
        }
        if !isExcused {
            reportMissing(path, hint: "write { env: NAME } or { file: PATH }")
        }
        return nil
    }

    /// The secrets that the URL uses. Own secrets that it does not use are a mistake.
    mutating func webhookSecrets(for url: WebhookURL?) -> [String: SecretReference]? {
        guard let declared = declaredSecrets() else { return nil }
        guard let url else {
            // An unusable URL cannot tell which secrets are unused.
            markUsed(declared.keys)
            checkReferences(declared.filter { !$0.value.isDefaults })
            return nil
        }
        var references = [String: SecretReference]()
        var isComplete = true
        for name in url.placeholders {
            if let sourced = declared[name] {
                references[name] = reference(sourced, of: "webhook_secrets.\(name)")
                isComplete = isComplete && references[name] != nil
            } else {
                isComplete = false
                reportUnfilled(name)
            }
        }
        let unused = declared.filter { name, sourced in
            !sourced.isDefaults && !url.placeholders.contains(name)
        }
        checkReferences(unused)
        for (name, sourced) in unused {
            isComplete = false
            findings.report(
                "unused_secret", at: sourced.entry.keyRange,
                "webhook_secrets.\(PrintableText(name)) is not used by webhook_url",
                hint: "put {\(PrintableText(name))} into the URL, or leave the secret out")
        }
        markUsed(url.placeholders)
        return isComplete ? references : nil
    }

    /// Checks every reference, whether a URL uses it or not.
    mutating func checkDeclaredSecrets() {
        checkReferences(declaredSecrets() ?? [:])
    }

    private mutating func checkReferences(_ secrets: [String: Sourced]) {
        for (name, sourced) in secrets {
            _ = reference(sourced, of: "webhook_secrets.\(name)")
        }
    }

    private mutating func reportUnfilled(_ name: String) {
        guard let sourced = sourced(.webhookURL) else { return }
        let isReserved = name == "environment"
        findings.report(
            "unknown_placeholder", at: sourced.node.range,
            "webhook_url holds {\(name)}, which no webhook_secrets fills",
            hint: isReserved
                ? "only strings in 'defaults' may hold {environment}"
                : "declare webhook_secrets.\(name)")
    }

    /// By placeholder name; an environment's own wins. Nil where the mapping is unusable.
    private mutating func declaredSecrets() -> [String: Sourced]? {
        var declared = [String: Sourced]()
        for layer in [defaults, own].compactMap(\.self) {
            guard let entry = layer.values["webhook_secrets"] else { continue }
            let sourced = Sourced(entry: entry, isDefaults: layer.isDefaults)
            guard !reportNull(sourced, of: "webhook_secrets", offWord: nil),
                isMapping(entry.value, "webhook_secrets"),
                case .mapping(let mapping) = entry.value.content
            else { return nil }
            for entry in mapping.entries {
                guard WebhookURL.isPlaceholderName(entry.key), entry.key.utf8.count <= 64,
                    entry.key != "environment"
                else {
                    findings.report(
                        "invalid_placeholder_name", at: entry.keyRange,
                        "a name under webhook_secrets is no placeholder name",
                        hint: "use [a-z][a-z0-9_]*, and not 'environment'; if this was a real "
                            + "key, rotate it")
                    continue
                }
                declared[entry.key] = Sourced(entry: entry, isDefaults: layer.isDefaults)
            }
        }
        return declared
    }

    private mutating func isMapping(_ node: YAMLNode, _ path: String) -> Bool {
        switch node.content {
        case .mapping: return true
        case .refused: return false
        case .scalar, .sequence:
            findings.report(
                "literal_secret", at: node.range, "'\(path)' must be a mapping",
                hint: "if this was a real key, rotate it")
            return false
        }
    }

    /// `{ env: NAME }` or `{ file: PATH }`.
    mutating func reference(_ sourced: Sourced, of path: String) -> SecretReference? {
        guard !reportNull(sourced, of: path, offWord: nil) else { return nil }
        guard case .mapping(let mapping) = sourced.node.content else {
            if case .refused = sourced.node.content { return nil }
            findings.report(
                "literal_secret", at: sourced.node.range,
                "\(path) must be { env: NAME } or { file: PATH }, never the value itself",
                hint: "if this was a real key, rotate it")
            return nil
        }
        guard
            let (values, misspelt) = MappingReader.entries(
                of: sourced.node, named: path, known: ["env", "file"], hidesKeys: true,
                into: &findings)
        else { return nil }
        guard mapping.entries.count == 1, let entry = values.values.first else {
            if misspelt.isEmpty {
                findings.report(
                    "secret_reference", at: sourced.node.range,
                    "\(path) must hold exactly one of env and file",
                    hint: "write { env: NAME } or { file: PATH }")
            }
            return nil
        }
        return reference(
            Sourced(entry: entry, isDefaults: sourced.isDefaults),
            of: "\(path).\(entry.key)", isVariable: entry.key == "env")
    }

    private mutating func reference(_ sourced: Sourced, of path: String, isVariable: Bool)
        -> SecretReference?
    {
        guard !reportNull(sourced, of: path, offWord: nil),
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
