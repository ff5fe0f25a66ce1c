import BankhookModel
import BankhookPlan
import SourceText
import Testing

/// A plan with one environment of each kind.
enum PlanFixture {
    static let now = Timestamp(secondsSinceEpoch: 1_795_000_000)
    static let day = 86_400

    static func plan() throws -> Plan {
        let desired = [
            try environment("aged", reassertAfter: TimeSpan("7d")),
            try environment("downgraded", mode: .netBanking, isProtected: true),
            try environment("fresh"),
            try environment(
                "moved",
                url: "https://a-rather-long-host-name.lender.example/bankconnect/webhooks/of/moved"),
            try environment("new", mode: .netBanking),
            try environment("unknown"),
        ]
        let records = [
            try record("aged", age: 9 * day), try record("downgraded", age: 3 * day),
            try record("fresh", age: 2 * day), try record("gone", age: 30 * day),
            try record("moved", age: 5 * 3_600), try record("unknown", age: day, isPending: true),
        ]
        return Planner(policy: .none, now: now).plan(
            desired: desired.map { DesiredEnvironment(environment: $0, secrets: nil) },
            records: records)
    }

    /// A plan that registers so many environments for the first time.
    static func fleet(of count: Int) throws -> Plan {
        let desired = try (1...count).map { number in
            DesiredEnvironment(environment: try environment("lender-\(number)"), secrets: nil)
        }
        return Planner(policy: .none, now: now).plan(desired: desired, records: [])
    }

    private static func registration(_ url: String, _ mode: WebhookMode) throws -> Registration {
        Registration(
            baseURL: try BaseURL(BaseURL.production), flow: .entity,
            webhookURL: try WebhookURL(url), mode: mode)
    }

    private static func environment(
        _ name: String, url: String? = nil, mode: WebhookMode = .netBankingAndManual,
        isProtected: Bool = false, reassertAfter: TimeSpan? = nil
    ) throws -> Environment {
        Environment(
            name: try #require(EnvironmentName(name)),
            registration: try registration(url ?? "https://\(name).lender.example/hook", mode),
            credentials: CredentialReferences(
                apiKey: .variable("KEY"), serverHash: .variable("HASH")),
            webhookSecrets: [:], isProtected: isProtected, reassertAfter: reassertAfter,
            timeout: TimeSpan(seconds: 30), certificateAuthorityFile: nil,
            file: SourceFile(path: "bankhook.yaml", bytes: []), range: SourceRange(at: .start))
    }

    private static func record(_ name: String, age: Int, isPending: Bool = false) throws
        -> Record
    {
        let registration = try registration(
            "https://\(name).lender.example/hook", .netBankingAndManual)
        let moment = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - age)
        let account = try #require(Fingerprint("hmac-sha256:0123456789abcdef"))
        let digits = String(repeating: "0", count: 64)
        let pending = Record.Pending(
            action: .update, registration: registration, account: account, webhookSecrets: [:],
            holder: LockHolder(
                id: "id", host: "runner", process: 1, run: nil, startedAt: moment),
            settled: Checksum(sha256: digits), unknownSince: moment, expiresAt: nil)
        return Record(
            environment: try #require(EnvironmentName(name)),
            lineage: try #require(Lineage("00000000-0000-4000-8000-000000000000")), serial: 1,
            previous: nil,
            applied: Record.Applied(
                registration: registration, account: account, webhookSecrets: [:],
                appliedAt: moment, origin: .applied, revision: nil, run: nil,
                tool: "bankhook 0.1.0"),
            pending: isPending ? pending : nil)
    }
}
