internal import Dispatch
internal import FoundationEssentials
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

    /// Writes the file that tells where it listens.
    func writeReadyFile(_ baseURL: String) throws(CommandFailure) {
        guard let readyFile else { return }
        do {
            try Data("\(baseURL)\n".utf8).write(to: URL(filePath: readyFile), options: .atomic)
        } catch {
            throw .problem(
                "ready_file", "--ready-file \(readyFile) cannot be written",
                hint: "name a file in a directory that exists and that this user may write to")
        }
    }
}
