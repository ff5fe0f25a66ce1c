import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct ConfigurationCheckTests {
    private func findings(
        _ text: String, policy: String? = nil, isCI: Bool = false, from source: String? = nil
    ) -> [DoctorFinding] {
        ConfigurationCheck(
            choice: InputChoice(
                configuration: "bankhook.yaml", from: source,
                policy: policy.map { _ in "policy.yaml" }, from: "--policy"),
            result: DoctorFixture.result(text, policy: policy), isCI: isCI
        ).findings
    }

    private static let good = """
        version: 1
        environments:
          uat:
            webhook_url: https://uat.lender.example/hook
            webhook_mode: 1
            credentials: { api_key: { env: KEY }, server_hash: { env: HASH } }

        """

    @Test func `what is right says what it is and who chose it`() {
        let found = findings(Self.good, policy: "max_changes: 3", from: "$BANKHOOK_CONFIG")
        #expect(DoctorFixture.words(found) == ["ok -", "ok -"])
        #expect(found[0].message == "1 environment, named by $BANKHOOK_CONFIG")
        #expect(found[1].subject == "policy.yaml")
        #expect(found[1].message == "named by --policy")
    }

    @Test func `no policy is a warning where a CI runs, and the configuration's own is none`() {
        #expect(DoctorFixture.words(findings(Self.good)) == ["ok -", "ok -"])
        #expect(
            DoctorFixture.words(findings(Self.good, isCI: true)) == ["ok -", "warning no_policy"])
        let own = Self.good + "policy: { max_changes: 3 }\n"
        #expect(findings(own, isCI: true)[1].message == "the configuration's own")
    }

    @Test func `mistakes are counted, and the policy may be among what they hide`() {
        let found = findings("version: 2\nodd: 1\n")
        #expect(
            DoctorFixture.words(found) == ["error configuration_invalid", "warning not_checked"])
        #expect(found[0].message == "3 mistakes" || found[0].message == "2 mistakes")
        #expect(found[0].next?.contains("bankhook validate") == true)
    }

    @Test func `mistakes of the policy are told of the policy`() {
        let found = findings(Self.good, policy: "max_changs: 3")
        #expect(
            DoctorFixture.words(found) == ["warning not_checked", "error configuration_invalid"])
        #expect(found[1].subject == "policy.yaml")
    }

    @Test func `a configuration without environments is no good one`() {
        let found = findings("version: 1\nenvironments: {}\n")
        #expect(DoctorFixture.words(found)[0] == "warning no_environment")
    }
}
