internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState

/// An apply that has ended under its lock, and still waits for the first delivery at a new URL.
struct WatchedApply: Sendable {
    let cutover: Cutover
    /// The environment whose URL was to change; nil where none was.
    let name: EnvironmentName?
    /// What is registered now and waited for; nil where the change did not come to that.
    let registered: Registered?
    let report: ApplyReport
    let outputs: Outputs
    let wayBack: WayBackSearch
    let store: any StateStore

    /// A change that BankConnect confirmed, and when.
    struct Registered: Sendable {
        let change: Change
        let at: Timestamp
        /// What was recorded of it; nil where nothing could be.
        let record: Record?
    }

    /// What is known before the wait: a runner may be gone before its end.
    func writeFirst() {
        let console = outputs.console
        if !report.message.isEmpty { console.message(report.message) }
        if outputs.format == .text { outputs.writeOutput(report) }
    }

    /// Waits without the lock, then writes what came of it, and the files.
    func finish(_ interruption: Interruption) async -> ExitStatus {
        let watch = await watch(interruption)
        var report = report
        report.watch = watch
        let console = outputs.console
        console.message(watch.note)
        console.message(watch.message)
        switch outputs.format {
        case .text: console.output(watch.text)
        case .json, .markdown: outputs.writeOutput(report)
        }
        outputs.writeFiles(report)
        return report.status
    }

    private func watch(_ interruption: Interruption) async -> WatchReport {
        guard let registered else {
            return WatchReport(cutover, of: name, watched: nil)
        }
        await cutover.source.registered(at: registered.at)
        let end = await cutover.wait(
            for: registered.change, time: .system(now: cutover.context.now),
            interruption: interruption)
        let isReplaced = await isReplaced(registered)
        var found: WayBack?
        switch end.outcome {
        // Nobody takes back what another run has registered.
        case .silent, .notLooked, .lost:
            found = isReplaced ? nil : await wayBack.find(for: registered.change)
        case .delivered, .interrupted: break
        }
        return WatchReport(
            cutover, of: name,
            watched: .init(
                change: registered.change, registeredAt: registered.at,
                end: isReplaced ? end.replaced(registered.change.name) : end,
                isReplaced: isReplaced, wayBack: found))
    }

    /// Whether another run has registered something else meanwhile, or may have, or dropped the record.
    /// One that cannot be read tells nothing of that.
    private func isReplaced(_ registered: Registered) async -> Bool {
        guard let own = registered.record else { return false }
        do {
            let now = try await store.record(own.environment)?.record
            return now?.pending != nil || now?.lineage != own.lineage
                || now?.applied?.registration != own.applied?.registration
                || now?.applied?.account != own.applied?.account
                || now?.applied?.webhookSecrets != own.applied?.webhookSecrets
        } catch {
            return false
        }
    }
}
