internal import NIOCore

/// The time ran out.
struct DeadlineExceeded: Error {}

/// Runs a body for at most a time, whatever it waits for; then cancels it and throws.
///
/// The event loop keeps the time: a sleeping task that is cancelled leaves its timer behind until it
/// would have ended, thousands of them in a large apply.
func withDeadline<Value: Sendable>(
    _ duration: Duration, on eventLoop: any EventLoop,
    _ body: @Sendable @escaping () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            let timer = eventLoop.scheduleTask(in: TimeAmount(duration)) {}
            try await withTaskCancellationHandler {
                try await timer.futureResult.get()
            } onCancel: {
                timer.cancel()
            }
            throw DeadlineExceeded()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw DeadlineExceeded() }
        return value
    }
}
