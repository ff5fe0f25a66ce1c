import BankhookModel
import BankhookPlan
import BankhookSavedPlan
import BankhookState
import SourceText
import Testing

/// What a plan is computed from: `new` is declared and not recorded, `old` is both, `gone` is only
/// recorded. A test changes one thing and looks at what differs.
struct PlanScene {
    static let lineage = "0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"
    static let other = "1f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"
    static let first = "2f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"

    let moment = Timestamp(secondsSinceEpoch: 1_800_000_000)
    var mode = WebhookMode.netBankingAndManual
    var oldURL = "https://old.lender.example/hook"
    var key: String? = "canary-key"
    var token = "canary-token-0123456789"
    var firstLineage = PlanScene.first
    var files = [
        SavedFile(.configuration, path: "folder/bankhook.yaml"): Checksum(of: [1]),
        SavedFile(.policy, path: "policy.yaml"): Checksum(of: [2]),
    ]
    var recorded: [(name: String, lineage: String, age: Int)] = [
        ("gone", PlanScene.other, 60), ("old", PlanScene.lineage, 3_600),
    ]
    var options = PlanOptions(
        targets: ["old", "n*", "gone"], isReasserting: false, allowed: [.modeDowngrade])

    func plan() throws -> Plan {
        let desired = [
            DesiredEnvironment(
                environment: try environment("new", url: "https://new.lender.example/{token}"),
                secrets: try secrets(["token": token])),
            DesiredEnvironment(
                environment: try environment("old", url: oldURL, mode: mode),
                secrets: try secrets([:])),
        ]
        return Planner(policy: .none, now: moment, isReasserting: options.isReasserting).plan(
            desired: desired, records: try records().map(\.record))
    }

    func saved() throws -> SavedPlan {
        SavedPlan(
            of: try plan(), createdAt: moment, tool: "bankhook test", options: options,
            files: files, records: try records()
        ) { _ in Lineage(firstLineage) }
    }

    private func records() throws -> [DecodedRecord] {
        try recorded.map { name, lineage, age in
            let record = try record(of: name, lineage: lineage, age: age)
            return try RecordCodec.decode(RecordCodec.encode(record), as: record.environment)
        }
    }

    private func record(of name: String, lineage: String, age: Int) throws -> Record {
        let environment = try environment(name, url: "https://\(name).lender.example/hook")
        let lineage = try #require(Lineage(lineage))
        let credentials = Credentials(
            apiKey: try #require(Secret("canary-key")), serverHash: try #require(Secret("hash")))
        return Record(
            environment: environment.name, lineage: lineage, serial: 1, previous: nil,
            applied: Record.Applied(
                registration: environment.registration,
                account: .account(
                    baseURL: environment.registration.baseURL, flow: .entity,
                    credentials: credentials, lineage: lineage),
                webhookSecrets: [:],
                appliedAt: Timestamp(secondsSinceEpoch: moment.secondsSinceEpoch - age),
                origin: .applied, revision: nil, run: nil, tool: "bankhook test"), pending: nil)
    }

    private func environment(
        _ name: String, url: String, mode: WebhookMode = .netBankingAndManual
    ) throws -> Environment {
        Environment(
            name: try PlanScene.name(name),
            registration: Registration(
                baseURL: try BaseURL(BaseURL.production), flow: .entity,
                webhookURL: try WebhookURL(url),
                mode: mode),
            credentials: CredentialReferences(
                apiKey: .variable("\(name)_KEY"), serverHash: .variable("\(name)_HASH")),
            webhookSecrets: [:], isProtected: false, reassertAfter: nil,
            timeout: TimeSpan(seconds: 30), certificateAuthorityFile: nil,
            file: SourceFile(path: "bankhook.yaml", bytes: []), range: SourceRange(at: .start))
    }

    private func secrets(_ webhookSecrets: [String: String]) throws -> SecretValues? {
        try key.map { key in
            SecretValues(
                credentials: Credentials(
                    apiKey: try #require(Secret(key)), serverHash: try #require(Secret("hash"))),
                webhookSecrets: try webhookSecrets.mapValues { try #require(Secret($0)) })
        }
    }

    static func name(_ text: String) throws -> EnvironmentName {
        try #require(EnvironmentName(text))
    }
}
