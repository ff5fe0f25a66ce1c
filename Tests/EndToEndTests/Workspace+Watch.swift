import Subprocess
import SystemPackage
import Testing

extension Workspace {
    /// A run that waits.
    typealias Watching = Execution<NoInput, StringOutput<UTF8>, SequenceOutput>

    /// Runs the binary, and calls a body once it says that it waits for a delivery.
    func watch(_ arguments: [String], _ waiting: (Watching) async throws -> Void)
        async throws -> Bankhook.Result
    {
        var error = ""
        let result = try await Subprocess.run(
            .path(Bankhook.path), arguments: Arguments(arguments),
            environment: Bankhook.environment(variables), workingDirectory: FilePath(directory),
            input: .none, output: .string(limit: 1 << 26), error: .sequence
        ) { running in
            for try await line in running.standardError.strings() {
                error += line + "\n"
                if line.contains(": registered; waiting up to ") { try await waiting(running) }
            }
        }
        return Bankhook.Result(
            status: Bankhook.status(result.terminationStatus), output: result.standardOutput,
            error: error)
    }
}
