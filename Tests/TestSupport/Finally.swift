/// Runs `cleanUp` after `body`, whether `body` returns or throws.
///
/// What a `defer` would do if it could suspend.
func finally<Value>(
    _ cleanUp: () async -> Void, after body: () async throws -> Value
) async throws -> Value {
    do {
        let value = try await body()
        await cleanUp()
        return value
    } catch {
        await cleanUp()
        throw error
    }
}
