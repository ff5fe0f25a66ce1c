import BankConnectAPI
import BankhookApply
import BankhookModel
import BankhookPlan
import BankhookState
import SourceText
import Synchronization
import Testing

/// A fleet of environments with a store in memory and an API that answers by a script.
struct ApplyFixture {
    let store = MemoryStore()
    let api: ScriptedAPI
    let time = ManualTime()
    let interruption = Interruption()

    init(_ answers: [Answer] = [.response(Answer.Response(status: 200))]) {
        api = ScriptedAPI(answers)
    }

    static func environment(
        _ name: String, url: String = "https://hooks.lender.example/bankconnect",
        mode: WebhookMode = .netBankingAndManual, probe: ProbeMode = .off
    ) throws -> Environment {
        Environment(
            name: try #require(EnvironmentName(name)),
            registration: Registration(
                baseURL: try BaseURL(BaseURL.production), flow: .entity,
                webhookURL: try WebhookURL(url), mode: mode),
            credentials: CredentialReferences(
                apiKey: .variable("KEY"), serverHash: .variable("HASH")),
            webhookSecrets: [:], isProtected: false, reassertAfter: nil,
            timeout: try #require(TimeSpan("30s")), certificateAuthorityFile: nil,
            probe: probe, file: SourceFile(path: "bankhook.yaml", bytes: []),
            range: SourceRange(at: .start))
    }

    static func secrets(_ account: String = "one") throws -> SecretValues {
        SecretValues(
            credentials: Credentials(
                apiKey: try #require(Secret("key-of-account-\(account)")),
                serverHash: try #require(Secret("hash-of-account-\(account)"))),
            webhookSecrets: [:])
    }

    /// Plans against what the store holds, and applies.
    func apply(
        _ environments: [Environment], accounts: [String: String] = [:], parallelism: Int = 1,
        isReasserting: Bool = false, probe: EndpointProbe = .none
    ) async throws -> [EnvironmentOutcome] {
        let desired = try environments.map { environment in
            DesiredEnvironment(
                environment: environment,
                secrets: try ApplyFixture.secrets(
                    accounts[environment.name.text] ?? environment.name.text))
        }
        let plan = Planner(policy: .none, now: time.now, isReasserting: isReasserting).plan(
            desired: desired, records: store.records)
        return await run(plan, parallelism: parallelism, probe: probe)
    }

    func run(_ plan: Plan, parallelism: Int = 1, probe: EndpointProbe = .none) async
        -> [EnvironmentOutcome]
    {
        let ids = Mutex(0)
        let run = ApplyRun(
            store: store, api: api, time: time.applyTime,
            holder: LockHolder(
                id: "holder", host: "runner", process: 7, run: nil, startedAt: time.now),
            tool: "bankhook test", parallelism: parallelism, probe: probe,
            makeID: {
                ids.withLock { number in
                    number += 1
                    let digits = String(number)
                    return "00000000-0000-4000-8000-"
                        + String(repeating: "0", count: 12 - digits.count) + digits
                }
            })
        let probed = await run.probe(plan, interruption: interruption)
        return await run.run(plan, probed: probed, interruption: interruption) { _ in }
    }
}
