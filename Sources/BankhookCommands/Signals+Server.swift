internal import BankhookModel
internal import Dispatch
internal import SystemCalls

extension Signals {
    /// Runs a server until a signal comes: that is how a person ends one, and no failure.
    ///
    /// The body is cancelled then, and waited for. As in an apply, signals within a second of the
    /// first count as one, and a later one ends the process at once. The signals stay observed until
    /// the process ends: a second one must not kill it on its way out.
    static func untilSignal(_ body: @Sendable @escaping () async throws -> Void) async throws {
        let interruption = Interruption()
        ProcessSignals.observe { number in
            guard let first = interruption.requestedAt else {
                interruption.request(signal: number)
                // Whatever the end waits for then, nobody else does.
                DispatchQueue.global().asyncAfter(deadline: .now() + patience) { endServer() }
                return
            }
            if ContinuousClock.now - first >= sameSignal { endServer() }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask { await interruption.wait() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private static func endServer() {
        endProcess(status: ExitStatus.done.code)
    }
}
