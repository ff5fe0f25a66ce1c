import Foundation
import JSONSyntax
import Subprocess
import SystemPackage
import Testing

/// The built binary.
enum Bankhook {
    /// How a run ended and what it wrote.
    struct Result: Sendable {
        /// The exit status, or 128 and the number of the signal that killed it.
        let status: Int
        let output: String
        let error: String

        /// Standard output as JSON.
        var json: JSONValue {
            get throws { try JSONParser.parse(Array(output.utf8)) }
        }
    }

    /// The binary lies beside the test bundle.
    static var path: FilePath {
        let bundle = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return FilePath(bundle.deletingLastPathComponent().appending(path: "bankhook").path)
    }

    /// Runs it with these variables and no others, and with nothing on standard input.
    static func run(
        _ arguments: [String], in directory: String, variables: [String: String]
    ) async throws -> Result {
        let result = try await Subprocess.run(
            .path(path), arguments: Arguments(arguments), environment: environment(variables),
            workingDirectory: FilePath(directory), input: .none,
            output: .string(limit: 1 << 26), error: .string(limit: 1 << 26))
        return Result(
            status: status(result.terminationStatus), output: result.standardOutput,
            error: result.standardError)
    }

    /// Runs it from a shell, after a line that sets limits.
    static func run(
        after line: String, _ arguments: [String], in directory: String,
        variables: [String: String]
    ) async throws -> Result {
        let script = "\(line) && exec \"$@\""
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: Arguments(["-c", script, "sh", path.string] + arguments),
            environment: environment(variables), workingDirectory: FilePath(directory),
            input: .none, output: .string(limit: 1 << 26), error: .string(limit: 1 << 26))
        return Result(
            status: status(result.terminationStatus), output: result.standardOutput,
            error: result.standardError)
    }

    static func environment(_ variables: [String: String]) -> Subprocess.Environment {
        .custom(
            Dictionary(
                uniqueKeysWithValues: variables.map {
                    (Subprocess.Environment.Key(stringLiteral: $0.key), $0.value)
                }))
    }

    static func status(_ status: TerminationStatus) -> Int {
        switch status {
        case .exited(let code): Int(code)
        case .signaled(let number): 128 + Int(number)
        }
    }
}
