import BankhookModel
import BankhookPlan
import SourceText
import Testing

/// Declared environments and records for plans, all of one moment.
struct Plans {
    let now = Timestamp(secondsSinceEpoch: 1_800_000_000)
    static let production = "https://apis.bankconnect.finbox.in"
    static let hook = "https://hooks.lender.example/bankconnect"

    /// A declared environment; without `key` its secrets are not at hand.
    func desired(
        _ name: String = "production", url: String = hook, mode: WebhookMode = .netBanking,
        base: String = production, flow: Flow = .entity, key: String? = "key-1",
        secrets: [String: String] = [:], isProtected: Bool = false, reassertAfter: String? = nil,
        references: CredentialReferences? = nil
    ) throws -> DesiredEnvironment {
        let environment = Environment(
            name: try self.name(name),
            registration: try registration(url, mode: mode, base: base, flow: flow),
            credentials: references
                ?? CredentialReferences(
                    apiKey: .variable("\(name)_KEY"), serverHash: .variable("\(name)_HASH")),
            webhookSecrets: secrets.mapValues { _ in .variable("\(name)_SECRET") },
            isProtected: isProtected,
            reassertAfter: try reassertAfter.map { try #require(TimeSpan($0)) },
            timeout: TimeSpan(seconds: 30), certificateAuthorityFile: nil,
            file: SourceFile(path: "bankhook.yaml", bytes: []), range: SourceRange(at: .start))
        return DesiredEnvironment(
            environment: environment, secrets: try key.map { try values($0, secrets) })
    }

    /// What an apply of that environment would have recorded so many seconds ago.
    func record(
        of desired: DesiredEnvironment, key: String = "key-1", secrets: [String: String] = [:],
        age: Int = 3_600, origin: Record.Applied.Origin = .applied, pending: Record.Pending? = nil
    ) throws -> Record {
        let values = try values(key, secrets)
        let registration = desired.environment.registration
        return Record(
            environment: desired.name, lineage: try lineage(), serial: 3, previous: nil,
            applied: Record.Applied(
                registration: registration,
                account: .account(
                    baseURL: registration.baseURL, flow: registration.flow,
                    credentials: values.credentials, lineage: try lineage()),
                webhookSecrets: Fingerprint.webhookSecrets(values, lineage: try lineage()),
                appliedAt: Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - age),
                origin: origin, revision: nil, run: nil, tool: "bankhook 0.1.0"),
            pending: pending)
    }

    /// A record of a first intent whose outcome nobody knows.
    func firstIntent(of desired: DesiredEnvironment) throws -> Record {
        Record(
            environment: desired.name, lineage: try lineage(), serial: 0, previous: nil,
            applied: nil, pending: try pending(of: desired))
    }

    /// An intent that was never resolved; `unknownSince` is an hour before now.
    func pending(of desired: DesiredEnvironment) throws -> Record.Pending {
        let start = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - 3_600)
        return Record.Pending(
            action: .update, registration: desired.environment.registration,
            account: try #require(Fingerprint("hmac-sha256:0123456789abcdef")),
            webhookSecrets: [:],
            holder: LockHolder(id: "id", host: "host", process: 1, run: nil, startedAt: start),
            settled: nil, unknownSince: start, expiresAt: nil)
    }

    func plan(
        _ desired: [DesiredEnvironment], _ records: [Record] = [], policy: Policy = .none,
        isTargeted: (EnvironmentName) -> Bool = { _ in true }
    ) -> Plan {
        Planner(policy: policy, now: now)
            .plan(desired: desired, records: records, isTargeted: isTargeted)
    }

    /// The change of a single environment.
    func change(_ desired: DesiredEnvironment, _ record: Record?) throws -> Change {
        let changes = plan([desired], record.map { [$0] } ?? []).changes
        try #require(changes.count == 1)
        return try #require(changes.first)
    }

    func name(_ text: String) throws -> EnvironmentName {
        try #require(EnvironmentName(text))
    }

    private func registration(
        _ url: String, mode: WebhookMode, base: String, flow: Flow
    ) throws -> Registration {
        Registration(
            baseURL: try BaseURL(base), flow: flow, webhookURL: try WebhookURL(url), mode: mode)
    }

    private func values(_ key: String, _ secrets: [String: String]) throws -> SecretValues {
        SecretValues(
            credentials: Credentials(
                apiKey: try #require(Secret(key)), serverHash: try #require(Secret("hash-1"))),
            webhookSecrets: try secrets.mapValues { try #require(Secret($0)) })
    }

    private func lineage() throws -> Lineage {
        try #require(Lineage("0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"))
    }
}
