internal import BankhookConfiguration
internal import BankhookModel
internal import SourceText

/// What must hold for any bytes that are read as a configuration, and as a policy file.
public enum YAMLProperty {
    /// Texts up to this size are also read in other spellings, as a policy, and a second time.
    private static let smallSize = 4_096

    /// What does not hold for these bytes, or nil.
    public static func violation(in bytes: [UInt8]) -> String? {
        let file = SourceFile(path: "bankhook.yaml", bytes: bytes)
        let result = ConfigurationLoader.decode(file)
        if let problem = violation(of: result, in: file) { return problem }
        guard bytes.count <= smallSize else { return nil }
        return respellingViolation(of: bytes, result) ?? policyViolation(of: bytes)
    }

    /// Whether these bytes are a configuration without a mistake.
    public static func accepts(_ bytes: [UInt8]) -> Bool {
        let file = SourceFile(path: "bankhook.yaml", bytes: bytes)
        return ConfigurationLoader.decode(file).configuration != nil
    }

    private static func violation(of result: ConfigurationResult, in file: SourceFile) -> String? {
        guard (result.configuration == nil) == (result.report.errors > 0) else {
            return "there is a configuration and an error, or neither"
        }
        if let configuration = result.configuration {
            for environment in configuration.environments {
                if let problem = violation(of: environment) { return problem }
            }
        }
        return ReportRules.violation(of: result.report, on: file)
            ?? SecretRules.violation(of: result.report, on: file)
    }

    // MARK: What is accepted

    private static func violation(of environment: Environment) -> String? {
        let registration = environment.registration
        let url = registration.webhookURL
        if let problem = URLRules.violation(of: url.text, placeholders: url.placeholders) {
            return "\(environment.name) has a webhook_url that \(problem)"
        }
        let host = URLRules.authority(of: url.text).host
        let isTrial = HostRules.isThisMachine(
            URLRules.authority(of: registration.baseURL.canonical).host)
        if let reason = HostRules.reasonNotPublic(host), !(isTrial && HostRules.isLoopback(host)) {
            return "\(environment.name) sends webhooks to \(reason)"
        }
        guard isTrial || url.isSecure else { return "\(environment.name) sends without TLS" }
        guard Set(environment.webhookSecrets.keys) == Set(url.placeholders) else {
            return "\(environment.name) has other secrets than its URL names"
        }
        guard (1...600).contains(environment.timeout.seconds) else {
            return "\(environment.name) waits for \(environment.timeout)"
        }
        guard registration.mode != .all || registration.flow == .session else {
            return "\(environment.name) has a mode that its flow does not know"
        }
        return nil
    }

    // MARK: Other spellings

    /// The same text a second time, with a byte order mark, and with CRLF comes to the same.
    private static func respellingViolation(
        of bytes: [UInt8], _ result: ConfigurationResult
    ) -> String? {
        let first = Summary(of: result)
        var spellings = [("a second time", bytes)]
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let isMarked = bytes.starts(with: mark) || [0xFE, 0xFF].contains(bytes.first)
        // Behind a mark, zeros tell no UTF-16 any more.
        if !isMarked, !bytes.prefix(4).contains(0) {
            spellings.append(("with a byte order mark", mark + bytes))
        }
        if !bytes.contains(UInt8(ascii: "\r")) {
            let text = bytes.flatMap { $0 == UInt8(ascii: "\n") ? [0x0D, 0x0A] : [$0] }
            spellings.append(("with CRLF", text))
        }
        for (spelling, text) in spellings {
            let again = Summary(
                of: ConfigurationLoader.decode(SourceFile(path: "bankhook.yaml", bytes: text)))
            guard again == first else {
                return "\(spelling) it comes to something else:\n\(first)\n\(again)"
            }
        }
        return nil
    }

    // MARK: Policies

    private static let guarded = SourceFile(
        path: "guarded.yaml",
        bytes: Array(
            """
            version: 1
            environments:
              uat:
                webhook_url: https://hooks.lender.example/x
                webhook_mode: 0
                credentials: {api_key: {env: KEY}, server_hash: {file: /run/secrets/hash}}
            """.utf8))

    private static func policyViolation(of bytes: [UInt8]) -> String? {
        let file = SourceFile(path: "policy.yaml", bytes: bytes)
        let result = ConfigurationLoader.decode(guarded, policyFile: file)
        if let configuration = result.configuration {
            for environment in configuration.environments
            where !configuration.policy.allowsWebhook(to: environment.registration.webhookURL.host)
            {
                return "a policy that does not allow a host lets it through"
            }
        }
        return ReportRules.violation(of: result.report, on: file)
            ?? SecretRules.violation(of: result.report, on: file)
    }
}
