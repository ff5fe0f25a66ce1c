internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// One environment: its own fields over those of `defaults`, leaf by leaf, each one checked.
struct EnvironmentDecoder {
    let key: String
    let keyRange: SourceRange
    let own: EnvironmentLayer
    let defaults: EnvironmentLayer?
    /// Nil where there is none to judge by, for it has mistakes itself.
    let policy: PolicyRules?
    /// Where this decodes `defaults` alone, nothing is judged by what an environment may add to it
    /// or replace: a base URL, a flow, a secret, its name.
    let isTrial: Bool
    /// Whether a field may be missing, because unusable `defaults` may have been meant to set it.
    let excusesMissing: Bool
    /// The webhook secrets that the URL uses, wherever they are declared.
    private(set) var usedSecrets = Set<String>()
    /// Whether nobody can tell which secrets are used, for there is no usable URL.
    private(set) var mayUseAnySecret = false

    init(
        key: String, keyRange: SourceRange, own: EnvironmentLayer, defaults: EnvironmentLayer?,
        policy: PolicyRules?, isTrial: Bool = false, excusesMissing: Bool = false
    ) {
        self.key = key
        self.keyRange = keyRange
        self.own = own
        self.defaults = defaults
        self.policy = policy
        self.isTrial = isTrial
        self.excusesMissing = excusesMissing
    }

    /// Nil when anything is missing or wrong, which is reported.
    mutating func decode(name: EnvironmentName?) -> Environment? {
        let flow = value(.flow, orElse: Flow.entity) { $0.flow($1) }
        let baseURL = baseURL()
        let mode = mode(flow: isTrial ? nil : flow)
        let webhookURL = webhookURL(baseURL: baseURL)
        let secrets = webhookSecrets(for: webhookURL)
        let apiKey = credential("api_key")
        let serverHash = credential("server_hash")
        let isProtected = value(.protected, orElse: false) { $0.flag($1, of: .protected) }
        let reassertAfter = reassertAfter()
        let timeout = value(.timeout, orElse: EnvironmentDecoder.defaultTimeout) { $0.timeout($1) }
        let authorities = certificateAuthorityFile()
        let probe = value(.probe, orElse: ProbeMode.off) { $0.probe($1) }
        let probeHeaders = probeHeaders()
        guard let name, let flow, let baseURL, let mode, let webhookURL, let secrets, let apiKey,
            let serverHash, let isProtected, let reassertAfter, let timeout, let authorities,
            let probe,
            let probeHeaders
        else { return nil }
        return Environment(
            name: name,
            registration: Registration(
                baseURL: baseURL, flow: flow, webhookURL: webhookURL, mode: mode),
            credentials: CredentialReferences(apiKey: apiKey, serverHash: serverHash),
            webhookSecrets: secrets, isProtected: isProtected,
            reassertAfter: reassertAfter.value, timeout: timeout,
            certificateAuthorityFile: authorities.value, probe: probe,
            probeHeaders: probeHeaders, file: own.findings.file, range: keyRange)
    }

    /// A field that may be switched off: the outer optional tells of a mistake, this one of `off`.
    struct Switchable<Value> {
        let value: Value?
    }

    // MARK: Layers

    /// The environment's own value, else that of `defaults`; nil where neither has a usable one.
    mutating func sourced(_ field: EnvironmentField) -> Sourced? {
        if let entry = own.values[field.rawValue] { return own.sourced(entry) }
        guard let defaults, let entry = defaults.values[field.rawValue] else { return nil }
        return defaults.sourced(entry)
    }

    func isExcused(_ field: EnvironmentField) -> Bool {
        own.excused.contains(field.rawValue)
            || defaults?.excused.contains(field.rawValue) == true
    }

    mutating func value<Value>(
        _ field: EnvironmentField, orElse fallback: Value,
        _ decode: (inout EnvironmentDecoder, Sourced) -> Value?
    ) -> Value? {
        guard let sourced = sourced(field) else { return fallback }
        guard
            !sourced.findings.reportNull(
                sourced.node, of: field.rawValue, hint: field.insteadOfNull)
        else { return nil }
        return decode(&self, sourced)
    }

    mutating func reportMissing(_ path: String, hint: String) {
        guard !excusesMissing else { return }
        own.findings.report(
            "missing_field", about: path, at: keyRange,
            "environment \(quoted(key)) has no '\(path)'", hint: hint)
    }

    // MARK: Text

    /// A string with `{environment}` and `{ENVIRONMENT}` filled in, where it stands in `defaults`.
    mutating func text(_ sourced: Sourced, of path: String) -> String? {
        guard case .scalar(let scalar) = sourced.node.content, scalar.resolved == .string else {
            sourced.findings.reportWrongType(
                sourced.node, of: "'\(path)'", wanted: "a string",
                hint: sourced.node.isUnquotedPlaceholder ? SyntaxHint.brace : nil)
            return nil
        }
        guard sourced.isDefaults, scalar.text.utf8.contains(UInt8(ascii: "{")) else {
            return scalar.text
        }
        // A key that is no name may be as long as the file; any name does for finding mistakes.
        guard let name = EnvironmentName(key) ?? EnvironmentName("environment") else { return nil }
        return name.filling(scalar.text)
    }

    /// The same for a string that no secret can fill, so that a brace left over is a mistake.
    mutating func plainText(_ sourced: Sourced, of path: String) -> String? {
        guard let text = text(sourced, of: path) else { return nil }
        let braces = [UInt8(ascii: "{"), UInt8(ascii: "}")]
        guard text.utf8.contains(where: braces.contains) else { return text }
        sourced.findings.report(
            "unknown_placeholder", about: path, at: sourced.node.range,
            "'\(path)' holds a placeholder that nothing fills",
            hint: EnvironmentDecoder.onlyInDefaults)
        return nil
    }

    /// What is said of a placeholder that stands for the environment's name in its own field.
    static var onlyInDefaults: String {
        "only strings in 'defaults' may hold {environment} and {ENVIRONMENT}"
    }

    mutating func markUsed(_ names: some Sequence<String>) {
        usedSecrets.formUnion(names)
    }

    mutating func markAnyUsed() {
        mayUseAnySecret = true
    }
}
