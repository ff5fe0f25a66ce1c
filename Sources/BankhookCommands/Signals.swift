internal import BankhookApply
internal import SystemCalls
internal import UnixSignals

/// SIGINT, SIGTERM and SIGHUP during an apply (specification, section 5).
///
/// The first asks to start nothing new and gives what is in flight five seconds; signals within a
/// second of it count as one; a later one ends the process at once.
enum Signals {
    private static let grace = Duration.seconds(5)
    private static let sameSignal = Duration.seconds(1)

    private enum Event: Sendable {
        case ended(Result<ExitStatus, any Error>)
        case graceOver
        case unwatched
    }

    /// Runs a body that obeys an interruption. An interrupted one ends with the signal's status.
    static func obeying(
        _ interruption: Interruption, console: Console,
        _ body: @Sendable @escaping () async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        let result = await withTaskGroup(of: Event.self) { group in
            group.addTask {
                do {
                    return .ended(.success(try await body()))
                } catch {
                    return .ended(.failure(error))
                }
            }
            group.addTask {
                await watch(signals, interruption, console)
                return .unwatched
            }
            group.addTask {
                await interruption.wait()
                try? await Task.sleep(for: grace)
                return .graceOver
            }
            var result = Result<ExitStatus, any Error>.success(.done)
            for await event in group {
                switch event {
                case .ended(let ended):
                    result = ended
                    group.cancelAll()
                case .graceOver: group.cancelAll()
                case .unwatched: break
                }
            }
            return result
        }
        return try status(of: result, interruption)
    }

    private static func watch(
        _ signals: UnixSignalsSequence, _ interruption: Interruption, _ console: Console
    ) async {
        var first: ContinuousClock.Instant?
        for await signal in signals {
            guard let began = first else {
                first = .now
                interruption.request(signal: signal.rawValue)
                console.message(
                    "interrupted: nothing new is started; what is in flight gets 5 seconds\n")
                continue
            }
            guard ContinuousClock.now - began >= sameSignal else { continue }
            console.message(
                "stopped at once: what was in flight is recorded as pending; run apply again\n")
            endProcess(status: ExitStatus.signal(signal.rawValue).code)
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
