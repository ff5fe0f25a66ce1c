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

    /// How often a lock that somebody else holds is tried again.
    private static let interval = Duration.milliseconds(100)

    /// Waits for the lock and runs the body. A run that was interrupted ends with the signal's
    /// status, whatever its body returned.
    func run(
        _ store: DirectoryStore,
        _ body: @Sendable @escaping (LockedDirectory, Interruption) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let run = RunURL.find(in: context.variables)
        if let warning = run.warning { context.console.message("warning: \(warning)\n") }
        let interruption = Interruption()
        return try await Signals.obeying(interruption, console: context.console) {
            try await withLock(store, run: run.url, interruption) { locked in
                try await body(locked, interruption)
            }
        }
    }

    private func withLock(
        _ store: DirectoryStore, run: String?, _ interruption: Interruption,
        _ body: (LockedDirectory) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let end = ContinuousClock.now + timeout
        var isWaiting = false
        while true {
            do {
                return try await store.withLock(by: context.holder(run: run), body)
            } catch let error as StateError {
                guard case .locked = error, ContinuousClock.now < end, !interruption.isRequested
                else { throw CommandFailure(error) }
                if !isWaiting {
                    context.log.debug("waiting for the lock", metadata: ["reason": "\(error)"])
                    context.console.progress("waiting: \(PrintableText("\(error)"))\n")
                }
                isWaiting = true
                // Cut short only by a cancellation; the next turn sees the interruption before it.
                try? await Task.sleep(for: LockedRun.interval)
            }
        }
    }

    /// What is to be said of the place where the records are.
    static func warnings(about locked: LockedDirectory, of store: DirectoryStore) -> [PlanWarning] {
        guard let kind = locked.networkFileSystem else { return [] }
        return [
            PlanWarning(
                .networkFileSystem, nil,
                "\(store.path) is on \(kind): its lock may not hold against other machines, nor a "
                    + "write survive a power cut")
        ]
    }
}
