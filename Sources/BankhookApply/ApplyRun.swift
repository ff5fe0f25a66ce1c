package import BankConnectAPI
package import BankhookModel
package import BankhookPlan
package import BankhookState
package import Logging

/// Carries a plan out: many environments at a time, each one by its own `ApplyStep`.
package struct ApplyRun: Sendable {
    private let store: any RecordStore
    private let api: any WebhookAPI
    private let time: ApplyTime
    private let holder: LockHolder
    private let tool: String
    private let revision: String?
    private let makeID: @Sendable () -> String
    private let parallelism: Int
    private let sharedSecrets: [Secret]
    private let log: Logger

    /// `tool` is what the record names as its writer, `revision` the configuration's commit;
    /// `makeID` makes UUIDs in lower case;
    /// `sharedSecrets` are no environment's own, and no answer that holds one is shown either.
    package init(
        store: any RecordStore, api: any WebhookAPI, time: ApplyTime, holder: LockHolder,
        tool: String, revision: String? = nil, parallelism: Int,
        sharedSecrets: [Secret] = [], makeID: @Sendable @escaping () -> String,
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
        self.log = log
        self.makeID = makeID
    }

    /// Applies every change that sends something, and reports each as it ends.
    ///
    /// Cancelling the task cuts requests off; what they leave is recorded as in doubt. Returns an
    /// outcome for every declared environment, in the plan's order.
    package func run(
        _ plan: Plan, interruption: Interruption,
        report: @Sendable (EnvironmentOutcome) -> Void
    ) async -> [EnvironmentOutcome] {
        let queue = ApplyQueue(parallelism: parallelism, interruption: interruption)
        var waiting = plan.changes.filter(\.action.sends).enumerated().makeIterator()
        var ended = [EnvironmentName: EnvironmentOutcome]()
        await queue.open {
            await withTaskGroup(of: EnvironmentOutcome?.self) { group in
                func startNext() {
                    guard let (number, change) = waiting.next() else { return }
                    group.addTask { await apply(change, queue.place(number)) }
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

    private func apply(_ change: Change, _ place: ApplyPlace) async -> EnvironmentOutcome? {
        guard let desired = change.desired, var secrets = desired.secrets,
            let request = UpdateWebhookRequest(desired.environment, secrets: secrets)
        else {
            place.leave()
            return nil
        }
        secrets.shared = sharedSecrets
        var driver = EnvironmentDriver(
            change: change, environment: desired.environment, secrets: secrets, request: request,
            store: store, api: api, time: time, holder: holder, tool: tool,
            revision: revision, makeID: makeID, log: log)
        return await driver.run(place)
    }
}
