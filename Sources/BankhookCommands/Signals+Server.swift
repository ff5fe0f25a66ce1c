internal import Dispatch
internal import SystemCalls

extension Signals {
    /// Runs a server until a signal comes: that is how a person ends one, and no failure.
    ///
    /// The body is cancelled then, and waited for.
    static func untilSignal(_ body: @Sendable @escaping () async throws -> Void) async throws {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = ProcessSignals.observe { continuation.yield($0) }
        defer { for source in sources { source.cancel() } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask { for await _ in signals { return } }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
