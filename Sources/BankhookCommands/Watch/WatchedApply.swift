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
    let desired: DesiredState
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
        guard let registered else { return }
        // What holds where the process is killed while it waits.
        var report = report
        report.watch = WatchReport(
            cutover, of: name,
            watched: .init(
                change: registered.change, registeredAt: registered.at,
                end: WatchEnd(.interrupted, after: .zero), wayBack: nil))
        outputs.writeReplacedFiles(report)
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
        let doubt = await WatchDoubt.find(of: registered, beside: desired, in: store)
        var found: WayBack?
        switch (end.outcome, doubt) {
        // Nobody takes back what another run has registered, or may have.
        case (_, .replaced), (_, .unread), (.delivered, nil), (.interrupted, _): break
        default: found = await wayBack.find(for: registered.change)
        }
        return WatchReport(
            cutover, of: name,
            watched: .init(
                change: registered.change, registeredAt: registered.at,
                end: doubt.map { end.doubted($0, of: registered.change.name) } ?? end,
                doubt: doubt, wayBack: found))
    }
}
