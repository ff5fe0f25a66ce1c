internal import SourceText

/// The fields of an environment (specification, section 2), as they are spelt in the file.
enum EnvironmentField: String, CaseIterable {
    case webhookURL = "webhook_url"
    case webhookMode = "webhook_mode"
    case flow
    case baseURL = "base_url"
    case credentials
    case webhookSecrets = "webhook_secrets"
    case protected
    case probe
    case probeHeaders = "probe_headers"
    case reassertAfter = "reassert_after"
    case timeout
    case certificateAuthorityFile = "ca_file"

    static let names = Vocabulary(allCases.map(\.rawValue))

    /// Whether secrets are named under it, so that nothing of it may be quoted.
    var holdsReferences: Bool {
        switch self {
        case .credentials, .webhookSecrets, .probeHeaders: true
        default: false
        }
    }

    /// What to write in place of a null.
    var insteadOfNull: String {
        offWord.map { "write '\($0)' to switch it off" } ?? "leave the key out"
    }

    /// The word that switches the field off, where it has one.
    private var offWord: String? {
        switch self {
        case .reassertAfter: "never"
        case .certificateAuthorityFile: "none"
        case .probe: "off"
        case .protected: "false"
        default: nil
        }
    }
}
