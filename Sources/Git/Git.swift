internal import Subprocess

/// Runs the `git` program: no hook, pager, signature or file system monitor, and never for ever.
///
/// It runs in a session of its own: Ctrl-C on the terminal reaches bankhook alone, which then ends
/// what it started, children included.
package struct Git: Sendable {
    package let environment: GitEnvironment

    /// Whatever a repository's own configuration asks for, these hold.
    private static let settings = [
        "core.fsmonitor=false", "core.hooksPath=/dev/null", "gc.auto=0", "maintenance.auto=false",
        "commit.gpgSign=false", "tag.gpgSign=false", "push.gpgSign=false",
        "log.showSignature=false",
        "log.showRoot=true", "log.follow=false", "diff.relative=false",
    ]

    /// The most that is read of what git says to standard error, in bytes.
    private static let errorLimit = 1 << 16
    /// How long git may take to clean up after itself before it is killed.
    private static let grace = Duration.milliseconds(200)

    package init(environment: GitEnvironment) {
        self.environment = environment
    }

    /// Runs a command in a directory and returns its standard output.
    ///
    /// More than `outputLimit` bytes, or more than `timeLimit`, is an error and not a part of the
    /// answer. A cancelled task ends git.
    package func run(
        _ arguments: [String], in directory: String, input: [UInt8] = [],
        outputLimit: Int = 1 << 20, timeLimit: Duration
    ) async throws(GitError) -> [UInt8] {
        let outcome = await withTaskGroup(of: Result<[UInt8], GitError>.self) { group in
            group.addTask {
                await collect(arguments, in: directory, input: input, outputLimit: outputLimit)
            }
            group.addTask {
                // Ends early only when the other one has ended, or everything is cancelled.
                try? await Task.sleep(for: timeLimit)
                return .failure(.timedOut)
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(.timedOut)
        }
        return try outcome.get()
    }

    private func collect(
        _ arguments: [String], in directory: String, input: [UInt8], outputLimit: Int
    ) async -> Result<[UInt8], GitError> {
        let settings = Git.settings.flatMap { ["-c", $0] }
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Git.grace)
        ]
        do {
            let result = try await Subprocess.run(
                .name("git"),
                arguments: Arguments(["--no-pager"] + settings + ["-C", directory] + arguments),
                environment: .custom(variables), platformOptions: options, input: .inputWriter,
                output: .bytes(limit: outputLimit), error: .bytes(limit: Git.errorLimit)
            ) { git in
                // A git that fails before it has read everything tells why by its words and its
                // status. The library's own way of writing an array takes this process down then.
                _ = try? await git.standardInputWriter.write(input)
                try await git.standardInputWriter.finish()
            }
            guard result.terminationStatus.isSuccess else {
                return .failure(
                    .failed(Git.words(result.standardError, result.terminationStatus)))
            }
            return .success(result.standardOutput)
        } catch let error as SubprocessError {
            switch error.code {
            case .executableNotFound: return .failure(.notFound)
            case .outputLimitExceeded: return .failure(.tooMuchOutput)
            default: return .failure(.unusable("\(error)"))
            }
        } catch {
            return .failure(.unusable("\(error)"))
        }
    }

    private var variables: [Environment.Key: String] {
        Dictionary(
            uniqueKeysWithValues: environment.variables.map {
                (Environment.Key(stringLiteral: $0.key), $0.value)
            })
    }

    private static func words(_ bytes: [UInt8], _ status: TerminationStatus) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.isEmpty ? "\(status)" : text
    }
}
