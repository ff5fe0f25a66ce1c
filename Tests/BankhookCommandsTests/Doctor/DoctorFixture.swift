import BankhookConfiguration
import BankhookModel
import SourceText
import Testing

@testable import BankhookCommands

/// Configurations for the judgements of `doctor`.
enum DoctorFixture {
    static let now = Timestamp(secondsSinceEpoch: 1_795_000_000)

    static func result(_ text: String, policy: String? = nil) -> ConfigurationResult {
        ConfigurationLoader.decode(
            SourceFile(path: "bankhook.yaml", bytes: Array(text.utf8)),
            policyFile: policy.map { SourceFile(path: "policy.yaml", bytes: Array($0.utf8)) })
    }

    /// The environments of a configuration whose defaults name credentials.
    static func environments(_ lines: String..., baseURL: String = BaseURL.production) throws
        -> [Environment]
    {
        let text = """
            version: 1
            defaults:
              webhook_mode: net_banking
              base_url: \(baseURL)
              credentials: { api_key: { env: "{ENVIRONMENT}_KEY" }, server_hash: { file: hash } }
            environments:

            """
        let result = result(text + lines.map { "  \($0)\n" }.joined())
        return try #require(result.configuration, "\(result.report.text(.plain))").environments
    }

    /// `status code` of each, ok without a code.
    static func words(_ findings: [DoctorFinding]) -> [String] {
        findings.map { "\($0.status.rawValue) \($0.code ?? "-")" }
    }
}
