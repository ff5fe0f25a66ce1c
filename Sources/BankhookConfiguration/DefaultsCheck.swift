internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// What can be said of `defaults` on their own, so that a default that every environment overrides
/// is checked all the same.
enum DefaultsCheck {
    static func check(
        _ defaults: EnvironmentLayer, usedSecrets: Set<String>, into findings: inout Findings
    ) {
        var decoder = EnvironmentDecoder(
            key: "environment", keyRange: SourceRange(at: .start),
            own: EnvironmentLayer.empty, defaults: defaults, policy: nil, findings: findings)
        let before = findings.diagnostics.count
        decoder.checkDefaults()
        // Whatever has no place in `defaults` (a missing field) is each environment's own matter.
        for diagnostic in decoder.findings.diagnostics.dropFirst(before)
        where diagnostic.range.start != .start {
            findings.report(
                diagnostic.code, at: diagnostic.range, diagnostic.message, hint: diagnostic.hint)
        }
        reportUnused(in: defaults, used: usedSecrets, into: &findings)
    }

    private static func reportUnused(
        in defaults: EnvironmentLayer, used: Set<String>, into findings: inout Findings
    ) {
        guard case .mapping(let mapping)? = defaults.values["webhook_secrets"]?.value.content
        else { return }
        for entry in mapping.entries
        where WebhookURL.isPlaceholderName(entry.key) && !used.contains(entry.key) {
            findings.report(
                "unused_secret", at: entry.keyRange,
                "webhook_secrets.\(quoted(entry.key)) in 'defaults' is used by no environment",
                hint: "leave it out")
        }
    }
}
