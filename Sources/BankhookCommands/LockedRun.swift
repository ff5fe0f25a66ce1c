internal import BankhookApply
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import Logging
internal import SourceText

/// Runs a command's work under the lock of its store, and obeys signals meanwhile.
struct LockedRun: Sendable {
    let context: CommandContext
    /// How long to wait for a lock that somebody else holds.
    let timeout: Duration
    let interruption: Interruption
    /// What must not be recorded.
    let secrets: [Secret]

    /// How often a lock that somebody else holds is tried again: a file's, and a branch's.
    private static let interval = Duration.milliseconds(100)
    private static let branchInterval = Duration.seconds(2)

    /// Waits for the lock and runs the body. A run that was interrupted ends with the signal's
    /// status, whatever its body returned.
    ///
    /// The body runs again where the records changed before anything was sent.
    func run(
        _ store: any StateStore,
        _ body: @Sendable @escaping (any LockedStore) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        try await run(store, body) { $0 }
    }

    /// The same with something that comes after the lock, which signals still concern.
    func run<Result: Sendable>(
        _ store: any StateStore,
        _ body: @Sendable @escaping (any LockedStore) async throws -> Result,
        afterwards: @Sendable @escaping (Result) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let run = RunURL.find(in: context.variables, secrets: secrets)
        if let warning = run.warning { context.console.message("warning: \(warning)\n") }
        return try await Signals.obeying(
            interruption, console: context.console,
            grace: store.isOnDisk ? Signals.grace : Signals.graceBeforePush
        ) {
            try await afterwards(try await withLock(store, run: run.url, body))
        }
    }

    private func withLock<Result: Sendable>(
        _ store: any StateStore, run: String?,
        _ body: (any LockedStore) async throws -> Result
    ) async throws -> Result {
        let end = ContinuousClock.now + timeout
        var isWaiting = false
        while true {
            do {
                return try await store.withLock(by: context.holder(run: run), body)
            } catch let error as StateError {
                guard !interruption.isRequested else { throw CommandFailure(error) }
                // Nothing was sent: what stands there now is planned for anew.
                if case .branch(.superseded) = error { continue }
                guard let interval = LockedRun.pause(after: error), ContinuousClock.now < end else {
                    throw CommandFailure(error)
                }
                if !isWaiting {
                    context.log.debug("waiting for the lock", metadata: ["reason": "\(error)"])
                    context.console.progress("waiting: \(PrintableText("\(error)"))\n")
                }
                isWaiting = true
                // Cut short only by a cancellation; the next turn sees the interruption before it.
                try? await Task.sleep(
                    for: min(interval, max(end - ContinuousClock.now, .milliseconds(10))))
            }
        }
    }

    /// How long to wait before the lock is tried again; nil where waiting does not help.
    private static func pause(after error: StateError) -> Duration? {
        switch error {
        case .locked: interval
        // Others wait too: not all of them look at the same moment.
        case .leased: branchInterval * Double.random(in: 0.25...1)
        default: nil
        }
    }

    /// What is to be said of the place where the records are.
    static func warnings(about locked: any LockedStore, of store: any StateStore) -> [PlanWarning] {
        guard let kind = locked.networkFileSystem, let directory = store as? DirectoryStore else {
            return []
        }
        return [
            PlanWarning(
                .networkFileSystem, nil,
                "\(directory.path) is on \(kind): its lock may not hold against other machines, "
                    + "nor a write survive a power cut")
        ]
    }
}
