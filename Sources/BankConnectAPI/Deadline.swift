/// The time ran out.
struct DeadlineExceeded: Error {}

/// Runs a body for at most a time, whatever it waits for; then cancels it and throws.
func withDeadline<Value: Sendable>(
    _ duration: Duration, _ body: @Sendable @escaping () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: duration)
            throw DeadlineExceeded()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw DeadlineExceeded() }
        return value
    }
}
