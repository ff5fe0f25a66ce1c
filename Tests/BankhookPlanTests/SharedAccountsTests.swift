import BankhookModel
import BankhookPlan
import SourceText
import Testing

struct SharedAccountsTests {
    private let plans = Plans()
    private let other = "https://other.example/hook"
    private let uat = "https://apis-uat.bankconnect.finbox.in"

    @Test func `one account with two registrations is a conflict that points at both`() throws {
        let found = SharedAccounts([
            try plans.desired("a"), try plans.desired("b", url: other),
        ])
        #expect(names(found.conflicts) == [["a", "b"]])
        #expect(found.shared.isEmpty)
        let diagnostic = try #require(found.diagnostics.first)
        #expect(diagnostic.code == "account_conflict")
        #expect(
            diagnostic.message
                == "'b' and 'a' are one BankConnect account and want different registrations: each "
                + "apply would overwrite the other")
        #expect(diagnostic.notes.map(\.message) == ["'a' is declared here"])
    }

    @Test func `another mode is another registration`() throws {
        let found = SharedAccounts([
            try plans.desired("a"), try plans.desired("b", mode: .netBankingAndManual),
        ])
        #expect(names(found.conflicts) == [["a", "b"]])
    }

    @Test func `the same registration twice is allowed, in any spelling`() throws {
        let found = SharedAccounts([
            try plans.desired("a"),
            try plans.desired("b", url: "https://HOOKS.lender.example:443/bankconnect"),
        ])
        #expect(found.conflicts.isEmpty && found.shared.isEmpty)
    }

    @Test func `other credentials are another account`() throws {
        let found = SharedAccounts([
            try plans.desired("a"), try plans.desired("b", url: other, key: "key-2"),
        ])
        #expect(found.conflicts.isEmpty && found.shared.isEmpty)
    }

    @Test func `the same references are one account where no value is at hand`() throws {
        let references = CredentialReferences(
            apiKey: .variable("KEY"), serverHash: .variable("HASH"))
        let found = SharedAccounts([
            try plans.desired("a", key: nil, references: references),
            try plans.desired("b", url: other, key: nil, references: references),
        ])
        #expect(names(found.conflicts) == [["a", "b"]])
        let swapped = CredentialReferences(
            apiKey: .variable("HASH"), serverHash: .variable("KEY"))
        let apart = SharedAccounts([
            try plans.desired("a", key: nil, references: references),
            try plans.desired("b", url: other, key: nil, references: swapped),
        ])
        #expect(apart.conflicts.isEmpty)
    }

    @Test func `references connect one that is at hand with one that is not`() throws {
        let references = CredentialReferences(
            apiKey: .variable("KEY"), serverHash: .variable("HASH"))
        let found = SharedAccounts([
            try plans.desired("a", references: references),
            try plans.desired("b", url: other, key: nil, references: references),
        ])
        #expect(names(found.conflicts) == [["a", "b"]])
    }

    @Test func `a token is compared by its value, wherever it comes from`() throws {
        let url = Plans.hook + "/{token}"
        let one = ["token": "0123456789abcdef"]
        let two = ["token": "fedcba9876543210"]
        let same = SharedAccounts([
            try plans.desired("a", url: url, secrets: one),
            try plans.desired("b", url: url, secrets: one),
        ])
        #expect(same.conflicts.isEmpty)
        let different = SharedAccounts([
            try plans.desired("a", url: url, secrets: one),
            try plans.desired("b", url: url, secrets: two),
        ])
        #expect(names(different.conflicts) == [["a", "b"]])
        let literal = SharedAccounts([
            try plans.desired("a", url: url, secrets: one),
            try plans.desired("b", url: Plans.hook + "/0123456789abcdef"),
        ])
        #expect(literal.conflicts.isEmpty)
    }

    @Test func `two hosts or flows with the same credentials are a warning with both names`() throws
    {
        let found = SharedAccounts([
            try plans.desired("a"), try plans.desired("b", url: other, base: uat),
            try plans.desired("c", url: other, flow: .session),
        ])
        #expect(found.conflicts.isEmpty)
        #expect(names(found.shared) == [["a", "b"], ["a", "c"]])
        #expect(found.warnings.map(\.code) == [.sharedCredentials, .sharedCredentials])
        #expect(found.warnings.map(\.environment?.text) == ["b", "c"])
        #expect(
            found.warnings.first?.message
                == "'b' and 'a' use the same credentials under two hosts or flows; whether those "
                + "share a registration is documented nowhere")
        #expect(found.warningDiagnostics.map(\.severity) == [.warning, .warning])
        #expect(
            found.warningDiagnostics.map(\.code) == Array(repeating: "shared_credentials", count: 2)
        )
    }

    @Test func `under each host the conflicts are found too`() throws {
        let found = SharedAccounts([
            try plans.desired("a"), try plans.desired("b", base: uat),
            try plans.desired("c", url: other, base: uat), try plans.desired("d", url: other),
        ])
        #expect(names(found.conflicts) == [["b", "c"], ["a", "d"]])
        #expect(names(found.shared) == [["a", "b"]])
    }

    @Test func `what is found comes in one order, however it was found`() throws {
        // 'c' meets 'a' by reference and 'b' by value, in two groups of no order.
        let references = CredentialReferences(
            apiKey: .variable("KEY"), serverHash: .variable("HASH"))
        for _ in 0..<16 {
            let found = SharedAccounts([
                try plans.desired("a", key: nil, references: references),
                try plans.desired("b"),
                try plans.desired("c", url: other, references: references),
            ])
            #expect(names(found.conflicts) == [["a", "c"], ["b", "c"]])
        }
    }

    @Test func `a fleet on one account is compared with its first one only`() throws {
        let fleet = try (0..<2_000).map { number in
            try plans.desired("e\(1_000 + number)", url: number == 0 ? other : Plans.hook)
        }
        let found = SharedAccounts(fleet)
        #expect(found.conflicts.count == 1_999)
        #expect(Set(found.conflicts.map(\.first.name.text)) == ["e1000"])
    }

    private func names(_ pairs: [SharedAccounts.Pair]) -> [[String]] {
        pairs.map { [$0.first.name.text, $0.second.name.text] }
    }
}
