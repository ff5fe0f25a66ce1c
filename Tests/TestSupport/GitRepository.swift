internal import Subprocess

/// A git repository of the test's own, with an identity and without anybody's settings.
package struct GitRepository: Sendable {
    package let path: String

    /// A git command that failed, and its words.
    package struct Failure: Error {
        package let arguments: [String]
        package let words: String
    }

    /// What a git that a test runs sees of this process's variables.
    package static let variables = [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent",
    ]

    /// Makes a repository in an existing directory, with `main` as its branch.
    package init(at path: String, _ options: String...) async throws {
        self.path = path
        try await run(["init", "--quiet", "--initial-branch=main"] + options)
    }

    /// Takes a repository that is there.
    package init(existing path: String) {
        self.path = path
    }

    /// Runs git in the repository and returns what it prints, without its last line break.
    @discardableResult
    package func git(_ arguments: String...) async throws -> String {
        try await run(arguments)
    }

    /// The same for arguments that a test puts together.
    @discardableResult
    package func git(_ arguments: [String]) async throws -> String {
        try await run(arguments)
    }

    /// Commits everything in the work tree and returns the commit's id.
    @discardableResult
    package func commit(_ message: String = "change") async throws -> String {
        try await run(["add", "--all", "--force"])
        try await run(["commit", "--quiet", "--allow-empty", "--message", message])
        return try await run(["rev-parse", "HEAD"])
    }

    @discardableResult
    private func run(_ arguments: [String]) async throws -> String {
        let settings = [
            "user.name=Test", "user.email=test@example.invalid", "commit.gpgSign=false",
            "protocol.file.allow=always", "advice.detachedHead=false",
        ].flatMap { ["-c", $0] }
        let result = try await Subprocess.run(
            .name("git"), arguments: Arguments(settings + ["-C", path] + arguments),
            environment: .custom([
                "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent",
                "GIT_CONFIG_NOSYSTEM": "1",
            ]), input: .none, output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else {
            throw Failure(arguments: arguments, words: result.standardError)
        }
        let output = result.standardOutput
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }
}
