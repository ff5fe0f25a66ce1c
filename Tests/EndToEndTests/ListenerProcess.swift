import Subprocess
import Testing

/// The built binary as an endpoint on a port of its own, with receipts.
struct ListenerProcess: Sendable {
    let baseURL: String

    /// Runs a body while it listens, and ends it as a person would.
    static func with(
        receipts: String, _ body: @Sendable @escaping (ListenerProcess) async throws -> Void
    ) async throws {
        let arguments = ["listen", "--port", "0", "--receipts", receipts]
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(arguments),
            environment: Bankhook.environment([:]), input: .none, output: .discarded,
            error: .sequence
        ) { execution in
            var lines = execution.standardError.strings().makeAsyncIterator()
            var baseURL: String?
            while baseURL == nil, let line = try await lines.next() {
                if line.contains(" is ready; ") { baseURL = String(line.prefix { $0 != " " }) }
            }
            let listener = ListenerProcess(baseURL: try #require(baseURL))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { try? execution.send(signal: .terminate) }
                    try await body(listener)
                }
                // Its log has to be read, or it would wait for a reader.
                while try await lines.next() != nil {}
                try await group.waitForAll()
            }
        }
        #expect(result.terminationStatus == .exited(0))
    }
}
