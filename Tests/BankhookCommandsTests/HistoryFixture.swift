import BankhookHistory
import BankhookModel
import Testing

@testable import BankhookCommands

/// A timeline with an event of most kinds, as its builder would tell it.
enum HistoryFixture {
    static let now = Timestamp(secondsSinceEpoch: 1_795_000_000)
    private static let lineage = "00000000-0000-4000-8000-000000000000"

    /// A commit so many days ago, with whatever somebody wrote.
    static func commit(
        daysAgo: Int, author: String = "Ada Example", email: String = "ada@lender.example",
        subject: String = "Change it", run: String? = nil
    ) -> RecordCommit {
        let digits = String(daysAgo, radix: 16)
        return RecordCommit(
            id: String(repeating: "0", count: 40 - digits.count) + digits, authorName: author,
            authorEmail: email,
            committedAt: Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - daysAgo * 86_400),
            subject: subject, run: run, revision: nil)
    }

    static func record(
        _ name: String, _ serial: Int, url: String = "https://hooks.lender.example/a",
        mode: WebhookMode = .netBanking, daysAgo: Int = 10, isPending: Bool = false
    ) throws -> Record {
        let moment = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - daysAgo * 86_400)
        let registration = Registration(
            baseURL: try BaseURL(BaseURL.production), flow: .entity,
            webhookURL: try WebhookURL(url), mode: mode)
        let account = try #require(Fingerprint("hmac-sha256:0123456789abcdef"))
        let pending = Record.Pending(
            action: .update, registration: registration, account: account, webhookSecrets: [:],
            holder: LockHolder(
                id: "id", host: "runner", process: 1, run: nil, startedAt: moment),
            settled: nil, unknownSince: moment, expiresAt: nil)
        return Record(
            environment: try #require(EnvironmentName(name)),
            lineage: try #require(Lineage(lineage)), serial: serial, previous: nil,
            applied: Record.Applied(
                registration: registration, account: account, webhookSecrets: [:],
                appliedAt: moment, origin: .applied, revision: "abc", run: nil,
                tool: "bankhook 0.1.0"),
            pending: isPending ? pending : nil)
    }

    static func report(gap: VerifyReport.Gap? = nil) throws -> HistoryReport {
        let name = try #require(EnvironmentName("production"))
        let partner = try #require(EnvironmentName("partner"))
        let old = try #require(EnvironmentName("old"))
        let first = try record("production", 1, daysAgo: 40)
        let raised = try record("production", 2, mode: .netBankingAndManual, daysAgo: 30)
        let again = try record("production", 3, mode: .netBankingAndManual, daysAgo: 20)
        let long = "https://a-rather-long-host-name.lender.example/bankconnect/webhooks/of/us"
        let doubt = try record(
            "production", 3, url: long, mode: .netBankingAndManual, daysAgo: 3, isPending: true)
        let gone = try record("old", 2, daysAgo: 35)
        let events = [
            RecordEvent(.damaged, of: partner, in: nil, problem: "it is empty"),
            RecordEvent(
                .inDoubt, of: name, in: commit(daysAgo: 3, author: "release-bot"), before: again,
                after: doubt),
            RecordEvent(.forgotten, of: old, in: commit(daysAgo: 12), before: gone),
            RecordEvent(
                .reasserted, of: name,
                in: commit(daysAgo: 20, run: "https://ci.example/runs/7"), before: raised,
                after: again),
            RecordEvent(
                .updated, of: name, in: commit(daysAgo: 30, subject: "Hear of manual uploads"),
                before: first, after: raised),
            RecordEvent(.firstSeen, of: old, in: commit(daysAgo: 40), after: gone),
            RecordEvent(.registered, of: name, in: commit(daysAgo: 40), after: first),
        ]
        return HistoryReport(
            timeline: RecordTimeline(coverage: .complete, events: events, current: [doubt]),
            name: nil, gap: gap, isHistoryRequired: false)
    }

    /// Environments with three events each.
    static func fleet(of count: Int) throws -> HistoryReport {
        var events = [RecordEvent]()
        var current = [Record]()
        for number in 1...count {
            let text = "lender-\(number)"
            let name = try #require(EnvironmentName(text))
            let url = "https://hooks.lender-\(number).example/bankconnect/webhook"
            let versions = try (1...3).map { try record(text, $0, url: url) }
            events += [
                RecordEvent(
                    .reasserted, of: name, in: commit(daysAgo: 10), before: versions[1],
                    after: versions[2]),
                RecordEvent(
                    .reasserted, of: name, in: commit(daysAgo: 20), before: versions[0],
                    after: versions[1]),
                RecordEvent(.registered, of: name, in: commit(daysAgo: 30), after: versions[0]),
            ]
            current.append(versions[2])
        }
        return HistoryReport(
            timeline: RecordTimeline(coverage: .complete, events: events, current: current),
            name: nil, gap: nil, isHistoryRequired: false)
    }
}
