internal import BankhookApply
internal import BankhookModel
internal import BankhookPlan
internal import BankhookState
internal import JSONSyntax

/// One change of what is recorded: under the lock, and durable before it is reported.
struct StateChange: Sendable {
    /// What was done, as scripts read it.
    enum Action: String, Sendable {
        case imported, forgotten, moved
    }

    let action: Action
    /// Those whose state files change.
    let environments: [EnvironmentName]
    /// The line that a person reads.
    let report: String
    let store: any StateStore
    let interruption: Interruption
    /// What must not be recorded.
    let secrets: [Secret]
    let format: OutputFormat

    /// Carries the change out, unless a signal came before it.
    func run(
        in context: CommandContext, lock: LockOption,
        _ body: @Sendable @escaping (any LockedStore) async throws -> Void
    ) async throws -> ExitStatus {
        let run = LockedRun(
            context: context, timeout: lock.timeout.duration, interruption: interruption,
            secrets: secrets)
        return try await run.run(store) { locked in
            guard !interruption.isRequested else {
                throw CommandFailure.problem("interrupted", "interrupted; nothing was changed")
            }
            try locked.requireFree(environments)
            do {
                try await body(locked)
            } catch RecordChangeError.state(let error) where error.isLock {
                // Somebody was faster: wait for it, or say who it is.
                throw error
            } catch let error as RecordChangeError {
                throw CommandFailure(error)
            }
            write(locked, on: context.console)
            return .done
        }
    }

    private func write(_ locked: any LockedStore, on console: Console) {
        let files = store.isOnDisk ? environments.map(store.file(of:)) : []
        let warnings = LockedRun.warnings(about: locked, of: store)
        for warning in warnings { console.message("warning: \(warning.message)\n") }
        console.message(StateNotes.changed(files))
        switch format {
        case .text: console.output(report + "\n")
        case .json:
            console.output(
                JSONOutput.text([
                    "action": .string(action.rawValue),
                    "environments": .array(environments.map { .string($0.text) }),
                    "format_version": .integer(1),
                    "state_files": .array(files.map(JSONValue.string)),
                    "warnings": .array(warnings.map(PlanJSON.value)),
                ]))
        }
    }
}
