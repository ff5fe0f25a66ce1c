internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// What can be said of `defaults` on their own, so that a default that every environment overrides
/// is checked all the same.
enum DefaultsCheck {
    /// Reports it; `usedSecrets` is nil where nobody can tell which secrets are used.
    static func check(
        _ defaults: EnvironmentLayer, usedSecrets: Set<String>?
    ) {
        // What is missing is each environment's own matter.
        var decoder = EnvironmentDecoder(
            key: "environment", keyRange: SourceRange(at: .start),
            own: EnvironmentLayer(emptyFor: defaults.findings), defaults: defaults, policy: nil,
            isTrial: true, excusesMissing: true)
        _ = decoder.decode(name: nil)
        for (name, entry) in defaults.webhookSecrets.entries {
            _ = decoder.reference(defaults.sourced(entry), of: decoder.secretPath(name))
            guard let usedSecrets, !usedSecrets.contains(name) else { continue }
            defaults.findings.report(
                "unused_secret", at: entry.keyRange,
                "\(decoder.secretPath(name)) in 'defaults' is used by no environment",
                hint: "leave it out")
        }
    }
}
