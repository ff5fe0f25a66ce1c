import BankhookModel
import BankhookPlan
import Testing

struct ReasonTests {
    private struct Row: Sendable {
        let reason: Reason
        let code: String
        var field: String?
        let message: String
    }

    private static let moment = Timestamp(secondsSinceEpoch: 1_800_000_000)

    private static let rows: [Row] = [
        Row(reason: .notRecorded, code: "not_recorded", message: "not recorded"),
        Row(
            reason: .fieldChanged(.webhookMode, before: "all (3)", after: "net_banking (0)"),
            code: "field_changed", field: "webhook_mode",
            message: "webhook_mode all (3) → net_banking (0)"),
        Row(
            reason: .fieldChanged(.webhookURL, before: "a", after: "b"), code: "field_changed",
            field: "webhook_url", message: "webhook_url a → b"),
        Row(
            reason: .fieldChanged(.baseURL, before: "a", after: "b"), code: "field_changed",
            field: "base_url", message: "base_url a → b"),
        Row(
            reason: .fieldChanged(.flow, before: "entity", after: "session"),
            code: "field_changed", field: "flow", message: "flow entity → session"),
        Row(
            reason: .accountChanged, code: "account_changed",
            message: "account changed: a rotated key, or another account whose old registration "
                + "stays"),
        Row(
            reason: .secretRotated(name: "token"), code: "secret_rotated",
            field: "webhook_secrets.token", message: "secret token rotated"),
        Row(
            reason: .outcomeUnknown(since: moment), code: "outcome_unknown",
            message: "outcome unknown since 2027-01-15T08:00:00Z"),
        Row(
            reason: .reassertDue(age: 9 * 86_400, after: TimeSpan(seconds: 7)),
            code: "reassert_due", message: "recorded 9 days ago, reassert_after 7s"),
        Row(reason: .importedNeverSent, code: "imported", message: "imported, never sent"),
        Row(
            reason: .recordedInFuture(moment), code: "recorded_in_future",
            message: "recorded in the future (2027-01-15T08:00:00Z)"),
        Row(
            reason: .recorded(age: 172_800), code: "recorded", message: "recorded 2 days ago"),
        Row(
            reason: .recorded(age: 172_800, isHistoryChecked: false), code: "recorded",
            message: "recorded 2 days ago (history not checked)"),
        Row(
            reason: .rolledBack(commit: "4f2c9e1", ref: nil), code: "rolled_back",
            message: "state was rolled back: commit 4f2c9e1 holds a later version"),
        Row(
            reason: .rolledBack(commit: "4f2c9e1", ref: "refs/heads/x\u{85}##[y"),
            code: "rolled_back",
            message: "state was rolled back: commit 4f2c9e1 of refs/heads/x\\u{85}##\\[y holds a "
                + "later version"),
        Row(
            reason: .forked, code: "forked",
            message: "state was forked: two applies recorded the same serial"),
        Row(
            reason: .imported(age: 172_800), code: "imported",
            message: "imported 2 days ago, never sent by bankhook"),
        Row(
            reason: .notDeclared, code: "not_declared",
            message: "no longer declared; BankConnect has no call to remove it, so it stays "
                + "registered until another URL replaces it"),
    ]

    @Test func `every reason has its code, field and words`() {
        for row in ReasonTests.rows {
            #expect(row.reason.code == row.code)
            #expect(row.reason.field == row.field)
            #expect(row.reason.message == row.message)
        }
    }

    @Test(arguments: [
        (-300, "less than a minute ago"), (0, "less than a minute ago"),
        (59, "less than a minute ago"), (60, "1 minute ago"), (119, "1 minute ago"),
        (120, "2 minutes ago"), (3_599, "59 minutes ago"), (3_600, "1 hour ago"),
        (86_400, "24 hours ago"), (172_799, "47 hours ago"), (172_800, "2 days ago"),
        (1_036_800, "12 days ago"),
    ])
    func `an age is told in words`(seconds: Int, words: String) {
        #expect(Age.text(seconds: seconds) == words)
    }
}
