import BankhookModel
import BankhookPlan
import Testing

struct PlanWarningTests {
    private let plans = Plans()
    private let ownHost = "https://bankconnect.lender.example"

    @Test func `what was planned without credentials is one warning with its count`() throws {
        let desired = [
            try plans.desired("a"), try plans.desired("b", key: nil),
            try plans.desired("c", key: nil),
        ]
        let both = plans.plan(desired)
        #expect(both.warnings.map(\.code) == [.accountNotCompared])
        #expect(both.warnings.first?.environment == nil)
        #expect(
            both.warnings.first?.message
                == "2 environments were planned without credentials (account not compared): a rotated "
                + "key or secret would not show; b; c")
        let one = plans.plan(desired) { $0.text != "c" }
        #expect(one.warnings.first?.message.hasPrefix("1 environment was planned") == true)
        #expect(plans.plan(desired) { $0.text == "a" }.warnings.isEmpty)
    }

    @Test func `a few that were planned without credentials are told with what is missing`() throws
    {
        func blind(_ name: String, _ problems: [SecretProblem]) throws -> DesiredEnvironment {
            DesiredEnvironment(
                environment: try plans.desired(name).environment, secrets: nil, problems: problems)
        }
        func absent(_ field: String, _ subject: String) -> SecretProblem {
            SecretProblem(field: field, subject: subject, "is not set")
        }
        let credentials = [
            absent("credentials.api_key", "env A"), absent("credentials.server_hash", "env B"),
        ]
        let missing = plans.plan([try blind("a", credentials)]).warnings.first?.message
        #expect(missing?.hasPrefix("1 environment was planned without credentials") == true)
        #expect(missing?.hasSuffix("would not show; a: env A and env B are not set") == true)
        let short = SecretProblem(
            field: "webhook_secrets.token", subject: "env T", "holds a value that is too short",
            isSet: true)
        let both = plans.plan([
            try blind("a", credentials + [short]),
            try blind("b", [absent("credentials.api_key", "env C")]),
        ]).warnings.first?.message
        #expect(both?.hasPrefix("2 environments were planned without usable credentials") == true)
        #expect(
            both?.hasSuffix(
                "; a: env A and env B are not set, env T holds a value that is too short; b: env C is "
                    + "not set") == true)
        let many = try (1...5).map { try blind("e\($0)", credentials) }
        #expect(
            plans.plan(many).warnings.first?.message.hasSuffix("; they are e1, e2, e3 and 2 more")
                == true)
    }

    @Test func `credentials that go to a host for the first time are a warning`() throws {
        let desired = try plans.desired(base: ownHost)
        let plan = plans.plan([desired])
        #expect(plan.warnings.map(\.code) == [.firstContact])
        #expect(
            plan.warnings.first?.message
                == "credentials go to bankconnect.lender.example for the first time")
        #expect(plan.warnings.first?.environment == desired.name)
    }

    @Test func `a host that any record has been to is no first contact`() throws {
        let desired = try plans.desired("new", base: ownHost)
        let other = try plans.desired("old", base: ownHost + ":8443")
        #expect(plans.plan([desired], [try plans.record(of: other)]).warnings.isEmpty)
        // A first intent that was never confirmed is no contact.
        let intent = try plans.firstIntent(of: desired)
        #expect(plans.plan([desired], [intent]).warnings.map(\.code) == [.firstContact])
    }

    @Test(arguments: [
        Plans.production, "https://apis-uat.bankconnect.finbox.in", "http://127.0.0.1:8585",
    ])
    func `a known host is no first contact`(base: String) throws {
        #expect(plans.plan([try plans.desired(base: base)]).warnings.isEmpty)
    }

    @Test func `what sends nothing warns of no contact and no downgrade`() throws {
        let desired = try plans.desired(base: ownHost)
        let record = try plans.record(of: desired)
        #expect(plans.plan([desired], [record]).warnings.isEmpty)
    }

    @Test func `warnings from elsewhere are added behind`() throws {
        let desired = try plans.desired(base: ownHost)
        let more = PlanWarning(.sharedCredentials, nil, "more")
        let plan = plans.plan([desired]).adding([more])
        #expect(plan.warnings.map(\.code) == [.firstContact, .sharedCredentials])
        #expect(plan.changes.count == 1)
    }

    @Test func `the words of warnings and allowances are what scripts match on`() {
        let codes: [PlanWarning.Code] = [
            .modeDowngrade, .accountNotCompared, .orphanUnknown, .sharedCredentials,
            .firstContact, .unexpectedBody, .probeFailed, .historyIncomplete, .stateBehind,
            .stateOnRunner, .outcomeKept,
        ]
        #expect(
            codes.map(\.rawValue) == [
                "mode_downgrade", "account_not_compared", "orphan_unknown", "shared_credentials",
                "first_contact", "unexpected_body", "probe_failed", "history_incomplete",
                "state_behind",
                "state_on_runner", "outcome_kept",
            ])
        #expect(
            Refusal.Allow.allCases.map(\.rawValue) == [
                "protected", "mode-downgrade", "max-changes", "state-behind", "probe",
                "unknown-outcome",
            ])
    }
}
