import Foundation
import Git
import SystemCalls
import TestSupport
import Testing

struct GitTests {
    private let variables = GitRepository.variables
    private let ample = Duration.seconds(60)

    private func git(path: String? = nil) -> Git {
        Git(
            environment: GitEnvironment(
                variables.merging(path.map { ["PATH": $0] } ?? [:]) { $1 }))
    }

    /// A program of that name, made of shell lines.
    private func program(_ name: String, in directory: String, _ lines: String) throws {
        let path = "\(directory)/\(name)"
        try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    @Test func `a command's output is returned, and it reads its input`() async throws {
        try await withTemporaryDirectory { directory in
            let repository = try await GitRepository(at: directory)
            let id = try await repository.commit()
            let output = try await git().run(
                ["cat-file", "--batch-check"], in: directory, input: Array("HEAD\n".utf8),
                timeLimit: ample)
            #expect(String(decoding: output, as: UTF8.self).hasPrefix("\(id) commit"))
        }
    }

    @Test func `without a git program it says so`() async throws {
        try await withTemporaryDirectory { directory in
            _ = await #expect(throws: GitError.notFound) {
                try await git(path: directory).run(["log"], in: directory, timeLimit: ample)
            }
        }
    }

    @Test(arguments: [0, 1 << 20])
    func `a git that hangs is ended with what it started`(inputSize: Int) async throws {
        try await withTemporaryDirectory { directory in
            try program("git", in: directory, "trap '' TERM\n/bin/sleep 1000")
            _ = await #expect(throws: GitError.timedOut) {
                try await git(path: directory).run(
                    ["log"], in: directory, input: Array(repeating: 0x20, count: inputSize),
                    timeLimit: .milliseconds(50))
            }
        }
    }

    @Test func `it has a session of its own, out of reach of the terminal's keys`() async throws {
        try await withTemporaryDirectory { directory in
            try program(
                "git", in: directory, "echo $$; exec /usr/bin/cut -d' ' -f5,6 /proc/$$/stat")
            let output = try await git(path: directory).run(
                ["log"], in: directory, timeLimit: ample)
            let words = String(decoding: output, as: UTF8.self).split { $0.isWhitespace }
            #expect(words.count == 3)
            #expect(Set(words).count == 1)
        }
    }

    @Test func `more output than the limit is an error and no part of an answer`() async throws {
        try await withTemporaryDirectory { directory in
            try await GitRepository(at: directory).commit()
            _ = await #expect(throws: GitError.tooMuchOutput) {
                try await git().run(["log"], in: directory, outputLimit: 10, timeLimit: ample)
            }
        }
    }

    @Test func `a failure carries git's words`() async throws {
        try await withTemporaryDirectory { directory in
            let error = await #expect(throws: GitError.self) {
                try await git().run(["log"], in: directory, timeLimit: ample)
            }
            guard case .failed(let words)? = error else { return }
            #expect(words.contains("not a git repository"))
        }
    }

    @Test func `a git that will not read its input fails with its own words`() async throws {
        // As the program does when it begins.
        ProcessSignals.settle()
        try await withTemporaryDirectory { directory in
            // It lives on, so that what is written to it meets a pipe that nobody reads.
            try program(
                "git", in: directory,
                "exec 0<&-; echo 'fatal: bad disk' >&2; /bin/sleep 0.2; exit 128")
            let error = await #expect(throws: GitError.self) {
                try await git(path: directory).run(
                    ["fast-import"], in: directory, input: Array(repeating: 0x20, count: 1 << 20),
                    timeLimit: ample)
            }
            guard case .failed(let words)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(words == "fatal: bad disk\n")
        }
    }

    @Test func `no program that a repository names is run`() async throws {
        try await withTemporaryDirectory { directory in
            let repository = try await GitRepository(at: directory)
            try Data("text\n".utf8).write(to: URL(filePath: "\(directory)/file"))
            try await repository.commit()
            try await sign(repository)
            try program(
                "planted", in: directory, "touch '\(directory)/ran'; cat >/dev/null; exit 1")
            let planted = "\(directory)/planted"
            for key in [
                "core.fsmonitor", "core.sshCommand", "core.pager", "core.askPass", "core.editor",
                "gpg.program", "diff.external", "credential.helper",
            ] {
                try await repository.git("config", key, planted)
            }
            for (key, value) in [
                ("alias.log", "!\(planted)"), ("alias.cat-file", "!\(planted)"),
                ("log.showSignature", "true"), ("core.hooksPath", directory),
            ] {
                try await repository.git("config", key, value)
            }
            // The signature is what makes git run one of them here.
            _ = try? await repository.git("log")
            #expect(FileManager.default.fileExists(atPath: "\(directory)/ran"))
            try FileManager.default.removeItem(atPath: "\(directory)/ran")
            for command in [
                ["log", "--raw"], ["status"], ["ls-tree", "HEAD"], ["diff", "--raw"],
            ] {
                _ = try await git().run(command, in: directory, timeLimit: ample)
            }
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/ran"))
        }
    }

    /// Puts a commit with a signature on top, as `gpg.program` would be asked to check.
    private func sign(_ repository: GitRepository) async throws {
        let text = try await repository.git("cat-file", "commit", "HEAD")
        let signature =
            "gpgsig -----BEGIN PGP SIGNATURE-----\n \n =x\n -----END PGP SIGNATURE-----\n"
        let end = try #require(text.range(of: "\n\n"))
        let signed =
            text[..<end.lowerBound] + "\n" + signature + text[end.lowerBound...].dropFirst()
        let file = "\(repository.path)/.git/signed"
        try Data((signed + "\n").utf8).write(to: URL(filePath: file))
        let id = try await repository.git("hash-object", "-t", "commit", "-w", file)
        try await repository.git("update-ref", "HEAD", id)
    }
}
