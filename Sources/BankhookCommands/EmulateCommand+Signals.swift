internal import Dispatch
internal import SystemCalls

extension EmulateCommand {
    /// Runs a body until it ends or a signal comes, which cancels it.
    func untilSignal(_ body: @Sendable @escaping () async throws -> Void) async throws {
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
