package import BankConnectAPI
package import BankhookModel
package import BankhookPlan
package import BankhookState
package import Logging

/// Carries a plan out: many environments at a time, each one by its own `ApplyStep`.
package struct ApplyRun: Sendable {
    private let store: any RecordStore
    private let api: any WebhookAPI
    private let time: RunTime
    private let holder: LockHolder
    private let tool: String
    private let revision: String?
    private let makeID: @Sendable () -> String
    let parallelism: Int
    private let sharedSecrets: [Secret]
    let probe: EndpointProbe
    private let log: Logger

    /// `tool` is what the record names as its writer, `revision` the configuration's commit;
    /// `makeID` makes UUIDs in lower case;
    /// `sharedSecrets` are no environment's own, and no answer that holds one is shown either;
    /// `probe` tries endpoints.
    package init(
        store: any RecordStore, api: any WebhookAPI, time: RunTime, holder: LockHolder,
        tool: String, revision: String? = nil, parallelism: Int,
        sharedSecrets: [Secret] = [], probe: EndpointProbe = .none,
        makeID: @Sendable @escaping () -> String,
        log: Logger = Logger(label: "bankhook") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.store = store
        self.api = api
        self.time = time
        self.holder = holder
        self.tool = tool
        self.revision = revision
        self.parallelism = parallelism
        self.sharedSecrets = sharedSecrets
        self.probe = probe
        self.log = log
        self.makeID = makeID
    }

    /// Records the intents of the whole plan where the store wants them at once, before anything is
    /// sent; throws where it cannot, and then nothing is to be sent.
    ///
    /// What a probe stopped has no intent: nothing of it is going to be sent.
    package func prepare(_ plan: Plan, probed: ProbeFindings = ProbeFindings())
        async throws(StateError) -> PreparedIntents
    {
        guard store.intents == .whole else { return PreparedIntents() }
        let moment = time.now()
        var intents = [IntentRecord]()
        for change in plan.changes where change.action.sends && !probed.stops(change.name) {
            guard let desired = change.desired, let secrets = desired.secrets,
                UpdateWebhookRequest(desired.environment, secrets: secrets) != nil
            else { continue }
            let snapshot = try store.snapshot(of: change.name)
            guard snapshot.decoded?.record == change.record else {
                throw .branch(.superseded([change.name]))
            }
            let writer = writer(change, desired.environment, secrets)
            guard
                let record = writer.intent(
                    change.action, after: snapshot,
                    newLineage: { change.firstLineage?.text ?? makeID() }, at: moment)
            else { continue }
            intents.append(
                IntentRecord(
                    after: snapshot, record: record,
                    account: Account(
                        of: desired.environment.registration, secrets.credentials)))
        }
        try await store.begin(intents)
        return PreparedIntents(intents)
    }

    private func writer(
        _ change: Change, _ environment: Environment, _ secrets: SecretValues
    ) -> RecordWriter {
        RecordWriter(
            environment: environment, secrets: secrets, holder: holder, tool: tool,
            revision: revision, highestSerial: change.finding?.highestSerial ?? 0)
    }

    /// Applies every change that sends something, and reports each as it ends.
    ///
    /// Cancelling the task cuts requests off; what they leave is recorded as in doubt. Returns an
    /// outcome for every declared environment, in the plan's order.
    package func run(
        _ plan: Plan, probed: ProbeFindings = ProbeFindings(),
        prepared: PreparedIntents = PreparedIntents(), interruption: Interruption,
        report: @Sendable (EnvironmentOutcome) -> Void
    ) async -> [EnvironmentOutcome] {
        let changes = plan.changes.filter(\.action.sends)
        let queue = ApplyQueue(
            changes.count, parallelism: parallelism, intents: store.intents,
            interruption: interruption)
        var waiting = changes.enumerated().makeIterator()
        var ended = [EnvironmentName: EnvironmentOutcome]()
        await queue.open {
            await withTaskGroup(of: EnvironmentOutcome?.self) { group in
                func startNext() {
                    guard let (number, change) = waiting.next() else { return }
                    group.addTask {
                        await apply(
                            change, probed, prepared[change.name], queue.place(number))
                    }
                }
                for _ in 0..<queue.limit { startNext() }
                for await outcome in group {
                    if let outcome {
                        ended[outcome.name] = outcome
                        report(outcome)
                    }
                    startNext()
                }
            }
        }
        return plan.changes.compactMap { change in
            guard change.action != .orphaned else { return nil }
            return ended[change.name]
                ?? (change.action.sends ? .impossible(change) : .unchanged(change))
        }
    }

    private func apply(
        _ change: Change, _ probed: ProbeFindings, _ intent: IntentRecord?, _ place: ApplyPlace
    ) async -> EnvironmentOutcome? {
        guard let desired = change.desired, var secrets = desired.secrets,
            let request = UpdateWebhookRequest(desired.environment, secrets: secrets),
            intent != nil || store.intents == .each || probed.stops(change.name)
        else {
            place.leave()
            return nil
        }
        let writer = writer(change, desired.environment, secrets)
        secrets.shared = sharedSecrets
        var driver = EnvironmentDriver(
            change: change, environment: desired.environment, secrets: secrets, request: request,
            store: store, api: api, time: time, writer: writer, prepared: intent,
            probe: demand(of: change), probeFailure: probed.failure(of: change.name),
            makeID: makeID, log: log)
        let outcome = await driver.run(place)
        await store.leave(change.name)
        return outcome
    }
}
