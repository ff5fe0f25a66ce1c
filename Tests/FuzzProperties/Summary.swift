internal import BankhookConfiguration
internal import BankhookModel
internal import SourceText

/// What a configuration was read as, for comparing two readings: its values, or its mistakes.
struct Summary: Equatable {
    private let environments: [String]
    private let policy: String
    private let mistakes: [String]

    init(of result: ConfigurationResult) {
        environments = result.configuration?.environments.map(Summary.text) ?? []
        policy = result.configuration.map { "\($0.policy) \($0.stateDirectory)" } ?? ""
        mistakes = result.report.sorted.map {
            "\($0.range.start.line):\($0.range.start.column) \($0.code)"
        }
    }

    private static func text(of environment: Environment) -> String {
        let registration = environment.registration
        let secrets = environment.webhookSecrets.sorted { $0.key < $1.key }
        return """
            \(environment.name) \(registration.baseURL) \(registration.flow) \(registration.mode) \
            \(registration.webhookURL) \(environment.credentials) \(secrets) \
            \(environment.isProtected) \(String(describing: environment.reassertAfter)) \
            \(environment.timeout) \(String(describing: environment.certificateAuthorityFile)) \
            \(environment.range.start)
            """
    }
}
