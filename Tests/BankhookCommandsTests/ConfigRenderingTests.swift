import BankhookConfiguration
import SourceText
import Testing

@testable import BankhookCommands

@Suite struct ConfigRenderingTests {
    private static let text = """
        version: 1
        defaults:
          webhook_mode: net_banking
          credentials:
            api_key: { env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }
            server_hash: { file: "secrets/{environment}" }
        policy: { webhook_hosts: [hooks.lender.example, "*.lender.example"], max_changes: 30% }
        environments:
          uat: { webhook_url: https://uat.lender.example/bankconnect }
          production:
            webhook_url: https://hooks.lender.example/bankconnect/{token}
            webhook_mode: 1
            webhook_secrets: { token: { env: TOKEN } }
            protected: true
            probe: require
            probe_headers: { X-Secret-Key: { env: PROBE_KEY } }
            reassert_after: 7d
            timeout: 1m
            ca_file: roots.pem

        """

    private func configuration() throws -> Configuration {
        let file = SourceFile(path: "bankhook.yaml", bytes: Array(Self.text.utf8))
        return try #require(ConfigurationLoader.decode(file).configuration)
    }

    @Test func `a configuration is shown in its own words`() throws {
        try Snapshot.expect(
            ConfigRendering(try configuration(), policyPath: nil).text, is: "config.yaml")
    }

    @Test func `a configuration as data leaves nothing out`() throws {
        try Snapshot.expect(ConfigJSON.text(try configuration()), is: "config.json")
    }

    @Test func `the path of a policy file cannot end its comment`() throws {
        let text = ConfigRendering(try configuration(), policyPath: "a\nb: ##[c").text
        #expect(text.contains("policy:  # from a\\nb: ##\\[c\n"))
    }
}
