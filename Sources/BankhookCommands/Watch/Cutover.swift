internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState

/// The wait of an apply for the first delivery at a new URL: what is watched, from when on, and what
/// came of it. It never goes back by itself.
struct Cutover: Sendable {
    let request: WatchRequest
    let source: any DeliverySource
    let context: CommandContext

    // MARK: Before anything is sent

    /// The change whose deliveries are waited for; nil where no URL would change.
    ///
    /// Throws for several: nothing that arrives says which of them it came from.
    ///
    /// Throws, too, where another environment has that URL already: its webhooks would pass for it.
    func change(of plan: Plan, among others: [TakenURL])
        throws(CommandFailure) -> Change?
    {
        let changes = plan.changes.filter(Cutover.changesURL)
        guard let change = changes.first else { return nil }
        guard changes.count == 1 else {
            let names = changes.map(\.name.text)
            let shown = names.prefix(10).joined(separator: ", ")
            let rest = names.count > 10 ? " and \(names.count - 10) more" : ""
            throw .problem(
                "watch_targets",
                "--watch-receipts watches one environment, and \(names.count) would change their "
                    + "URL: \(shown)\(rest); nothing was sent",
                hint: "apply them one after the other: --target NAME")
        }
        let sharing = others.filter { $0.name != change.name && $0.isAt(change) }.map(\.name)
            .sorted()
        if let other = sharing.first {
            throw .problem(
                "watch_source",
                "--watch-receipts cannot tell \(change.name) from \(other), which has the same URL: "
                    + "nothing was sent",
                hint: "give each a path of its own, or apply without --watch-receipts")
        }
        if let objection = change.after.flatMap({ request.objection(to: $0.flow) }) {
            throw .problem(
                "watch_source",
                "--watch-receipts cannot watch \(change.name), which uses flow: session: "
                    + "\(objection); nothing was sent",
                hint: "name a URL that answers how many webhooks arrived")
        }
        return change
    }

    /// Whether BankConnect is told another URL than it may have now, its secrets included.
    private static func changesURL(_ change: Change) -> Bool {
        guard change.action.sends else { return false }
        return mayHaveAnother(change) || differsFromRecord(change)
    }

    /// Whether BankConnect may have another URL than the recorded one: an intent whose outcome is
    /// unknown, or a later record that the configuration was taken back from.
    static func mayHaveAnother(_ change: Change) -> Bool {
        if let finding = change.finding, finding.rolledBackFrom != nil || finding.isForked {
            return true
        }
        guard let pending = change.record?.pending else { return false }
        return pending.registration.webhookURL != change.after?.webhookURL
            || change.record?.applied?.webhookSecrets != pending.webhookSecrets
    }

    /// Whether the record says that it has another one.
    static func differsFromRecord(_ change: Change) -> Bool {
        // The secrets of another account's record are not compared.
        let mayBeRotated =
            change.reasons.contains(.accountChanged)
            && change.after?.webhookURL.placeholders.isEmpty == false
        return mayBeRotated || change.before?.webhookURL != change.after?.webhookURL
            || change.reasons.contains { if case .secretRotated = $0 { true } else { false } }
    }

    /// Takes what arrived so far for what was there before. Where that cannot be told, `consequence`
    /// says what did not happen.
    func begin(or consequence: String) async throws(CommandFailure) {
        do throws(WatchProblem) {
            try await source.begin()
        } catch {
            throw .problem(
                "watch_source", "--watch-receipts: \(error.message); \(consequence)",
                hint: error.hint)
        }
    }

    // MARK: Afterwards

    /// What is registered now and waited for; nil where the change did not come to that.
    func registered(
        _ change: Change?, among outcomes: [EnvironmentOutcome], in store: any RecordStore
    ) -> WatchedApply.Registered? {
        guard let change, let outcome = outcomes.first(where: { $0.name == change.name })?.outcome
        else { return nil }
        switch outcome {
        case .applied:
            let record = try? store.snapshot(of: change.name).decoded?.record
            return .init(
                change: change, at: record?.applied?.appliedAt ?? context.now(), record: record)
        case .appliedButNotRecorded:
            return .init(change: change, at: context.now(), record: nil)
        case .failed, .inDoubt, .skipped, .unchanged: return nil
        }
    }

    /// Waits, and tells a person that it does.
    func wait(for change: Change, time: RunTime, interruption: Interruption) async -> WatchEnd {
        let progress = WatchProgress(
            name: change.name, source: source.name, within: request.within,
            console: context.console)
        progress.begin()
        let end = await DeliveryWatch(source, time: time, interruption: interruption).wait(
            within: request.within.duration
        ) {
            progress.report($0)
        }
        progress.end()
        return end
    }
}
