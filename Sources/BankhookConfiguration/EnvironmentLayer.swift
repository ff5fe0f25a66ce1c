internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The fields of one environment, or those of `defaults`, before they are merged.
///
/// What can be said of a layer alone is said here, once: `defaults` serve every environment, and
/// going through them again for each would take quadratic time.
struct EnvironmentLayer {
    let values: [String: YAMLMapping.Entry]
    /// Fields that are not missing though they have no value: a misspelt key was meant to set them,
    /// or their value was refused.
    let excused: Set<String>
    let credentials: ReferenceLayer
    let webhookSecrets: ReferenceLayer
    /// By the names in lower case.
    let probeHeaders: ReferenceLayer
    /// What the text of `webhook_url` is, where no environment's name has to be filled in first.
    let webhookURL: Result<WebhookURL, URLProblem>?
    /// The same for `base_url`.
    let baseURL: Result<BaseURL, URLProblem>?
    let isDefaults: Bool
    /// Where the mistakes of the layer's file go.
    let findings: Findings

    /// The longest value of a field that is looked at, in bytes; no path or URL is longer.
    private static let longestValue = 4_096

    /// The most placeholders in a value: each may become an environment's name, for every one.
    private static let mostBraces = 64

    /// A layer that sets nothing.
    init(emptyFor findings: Findings) {
        values = [:]
        excused = []
        credentials = .empty
        webhookSecrets = .empty
        probeHeaders = .empty
        webhookURL = nil
        baseURL = nil
        isDefaults = false
        self.findings = findings
    }

    /// Nil where the node is no mapping, which is reported.
    init?(
        _ node: YAMLNode, named place: @autoclosure () -> String, isDefaults: Bool,
        into findings: Findings
    ) {
        guard
            var (values, excused) = MappingReader.entries(
                of: node, named: place(), known: EnvironmentField.names, into: findings)
        else { return nil }
        for field in EnvironmentField.allCases {
            let name = field.rawValue
            guard let entry = values[name] else { continue }
            if !field.holdsReferences, EnvironmentLayer.isTooLong(entry.value) {
                findings.report(
                    "value_too_long", about: name, at: entry.value.range,
                    "'\(name)' is longer than \(EnvironmentLayer.longestValue) bytes or has more "
                        + "than \(EnvironmentLayer.mostBraces) braces")
                values[name] = nil
                excused.insert(name)
            }
        }
        credentials = .credentials(values["credentials"]?.value, into: findings)
        webhookSecrets = .webhookSecrets(values["webhook_secrets"]?.value, into: findings)
        probeHeaders = .probeHeaders(values["probe_headers"]?.value, into: findings)
        webhookURL = EnvironmentLayer.url(values["webhook_url"]?.value, isDefaults) {
            (text) throws(URLProblem) in try WebhookURL(text)
        }
        baseURL = EnvironmentLayer.url(values["base_url"]?.value, isDefaults) {
            (text) throws(URLProblem) in try BaseURL(text)
        }
        self.values = values
        self.excused = excused
        self.isDefaults = isDefaults
        self.findings = findings
    }

    /// One of the layer's values.
    func sourced(_ entry: YAMLMapping.Entry) -> Sourced {
        Sourced(entry: entry, isDefaults: isDefaults, findings: findings)
    }

    private static func url<Value>(
        _ node: YAMLNode?, _ isDefaults: Bool, _ parse: (String) throws(URLProblem) -> Value
    ) -> Result<Value, URLProblem>? {
        guard case .scalar(let scalar) = node?.content, scalar.resolved == .string else {
            return nil
        }
        guard !isDefaults || !scalar.text.utf8.contains(UInt8(ascii: "{")) else { return nil }
        return Result { () throws(URLProblem) in try parse(scalar.text) }
    }

    /// Whether a value is longer than anything that is compared or parsed.
    static func isTooLong(_ node: YAMLNode) -> Bool {
        guard case .scalar(let scalar) = node.content else { return false }
        return scalar.text.utf8.count > longestValue
            || scalar.text.utf8.count { $0 == UInt8(ascii: "{") } > mostBraces
    }
}
