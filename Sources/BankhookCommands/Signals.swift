internal import BankhookModel
internal import BankhookApply
internal import Dispatch
internal import SystemCalls

/// SIGINT, SIGTERM and SIGHUP during an apply (specification, section 5).
///
/// The first asks to start nothing new and gives what is in flight five seconds; signals within a
/// second of it count as one; a later one ends the process at once.
enum Signals {
    static let grace = Duration.seconds(5)
    /// What requests get of it where a push has to follow them.
    static let graceBeforePush = Duration.seconds(3)
    static let sameSignal = Duration.seconds(1)
    /// When a process that still waits for somebody to read its output is ended all the same: before
    /// CI systems kill it, which they do ten seconds after the first signal.
    static let patience = DispatchTimeInterval.seconds(8)

    /// Runs a body that obeys an interruption. An interrupted one ends with the signal's status.
    static func obeying(
        _ interruption: Interruption, console: Console, grace: Duration = Signals.grace,
        _ body: @Sendable @escaping () async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let sources = ProcessSignals.observe { number in
            // Not a task: it must be called even when no thread is left to run one.
            receive(number, interruption, console)
        }
        let result = await result(of: body, interruption, grace: grace)
        // After a signal the process is about to end, with a status of its own: one more must not
        // kill it on the way.
        if interruption.signal == nil { for source in sources { source.cancel() } }
        return try status(of: result, interruption)
    }

    private static func receive(
        _ number: Int32, _ interruption: Interruption, _ console: Console
    ) {
        guard let first = interruption.requestedAt else {
            interruption.request(signal: number)
            endIfBlocked(interruption, console, after: patience)
            DispatchQueue.global().async {
                console.message(
                    "interrupted: nothing new is started; what is in flight gets 5 seconds\n")
            }
            return
        }
        if ContinuousClock.now - first >= sameSignal { end(interruption) }
    }

    /// What is being recorded is worth waiting for; a reader that does not read is not.
    private static func endIfBlocked(
        _ interruption: Interruption, _ console: Console, after time: DispatchTimeInterval
    ) {
        DispatchQueue.global().asyncAfter(deadline: .now() + time) {
            if console.isWriting { end(interruption) }
            endIfBlocked(interruption, console, after: .milliseconds(250))
        }
    }

    private static func end(_ interruption: Interruption) {
        endProcess(status: ExitStatus.signal(interruption.signal ?? 0).code)
    }

    /// The body's end; it is cancelled when the grace is over.
    private static func result(
        of body: @Sendable @escaping () async throws -> ExitStatus, _ interruption: Interruption,
        grace: Duration
    ) async -> Result<ExitStatus, any Error> {
        await withTaskGroup(of: Result<ExitStatus, any Error>?.self) { group in
            group.addTask {
                do {
                    return .success(try await body())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                await interruption.wait()
                // Ends early only when the body has ended.
                try? await Task.sleep(for: grace)
                return nil
            }
            var result = Result<ExitStatus, any Error>.success(.done)
            for await ended in group {
                group.cancelAll()
                result = ended ?? result
            }
            return result
        }
    }

    private static func status(
        of result: Result<ExitStatus, any Error>, _ interruption: Interruption
    ) throws -> ExitStatus {
        guard let signal = interruption.signal else { return try result.get() }
        do {
            return try result.get().and(.signal(signal))
        } catch CommandFailure.problems(let problems, _) {
            throw CommandFailure.problems(problems, status: .signal(signal))
        }
    }
}
