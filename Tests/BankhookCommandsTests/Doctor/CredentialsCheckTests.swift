import BankhookConfiguration
import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct CredentialsCheckTests {
    private func findings(_ environments: [Environment], _ variables: [String: String])
        -> [DoctorFinding]
    {
        CredentialsCheck(
            environments: environments, resolver: SecretResolver(variables: variables)
        ).findings
    }

    private func environments(_ more: String = "") throws -> [Environment] {
        try DoctorFixture.environments(
            "uat: { webhook_url: 'https://uat.lender.example/{token}', "
                + "credentials: { server_hash: { env: UAT_HASH } }, "
                + "webhook_secrets: { token: { env: UAT_TOKEN } }\(more) }")
    }

    private static let token = "canary-0123456789abcdef"
    private static let all = [
        "UAT_KEY": "canary-key", "UAT_HASH": "canary-hash", "UAT_TOKEN": token,
    ]

    @Test func `what is at hand is counted, and never shown`() throws {
        let found = findings(try environments(), Self.all)
        #expect(found.map(\.message) == ["3 variables are at hand"])
        #expect(found[0].status == .ok)
    }

    @Test(
        arguments: [
            ("UAT_KEY", nil, "credentials.api_key: env UAT_KEY is not set"),
            ("UAT_HASH", "", "credentials.server_hash: env UAT_HASH is empty"),
            (
                "UAT_TOKEN", "canary",
                "webhook_secrets.token: env UAT_TOKEN holds a value that cannot"
            ),
            ("UAT_KEY", "canary canary", "credentials.api_key: env UAT_KEY holds something other"),
        ] as [(String, String?, String)])
    func `what is missing, empty or malformed is an error with its name and not its value`(
        variable: String, value: String?, words: String
    ) throws {
        var variables = Self.all
        variables[variable] = value
        let found = findings(try environments(), variables)
        #expect(DoctorFixture.words(found) == ["ok -", "error credentials_missing"])
        #expect(found[0].message == "2 variables are at hand")
        #expect(found[1].subject == "uat")
        #expect(found[1].message.hasPrefix(words))
        #expect(!found.contains { "\($0)".contains("canary") })
    }

    @Test func `a header of probes is an error where an apply sends one, else a warning`() throws {
        let header = ", probe_headers: { x-a: { env: HEADER } }"
        let off = findings(try environments(header), Self.all)
        #expect(DoctorFixture.words(off) == ["ok -", "warning secrets_missing"])
        let required = findings(try environments(header + ", probe: require"), Self.all)
        #expect(DoctorFixture.words(required) == ["ok -", "error secrets_missing"])
    }

    @Test func `where nothing is at hand nothing is ok`() throws {
        let found = findings(try environments(), [:])
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.status == .error })
    }
}
