import BankhookHistory
import BankhookModel
import Foundation
import TestSupport
import Testing

/// What could not be looked at says so.
struct CoverageTests {
    private func expectIncomplete(
        _ history: RecordHistory, _ words: String, _ location: SourceLocation = #_sourceLocation
    ) {
        guard case .incomplete(let problem, let wayOut) = history.coverage else {
            Issue.record("\(history.coverage)", sourceLocation: location)
            return
        }
        #expect("\(problem); \(wayOut)".contains(words), sourceLocation: location)
    }

    /// Two versions, the older of which stands in the directory.
    private func withRollback(_ body: (HistoryFixture) async throws -> Void) async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.commit(2)
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            try await body(fixture)
        }
    }

    private func clone(
        _ fixture: HistoryFixture, _ option: String, _ body: (String) async throws -> Void
    ) async throws {
        try await fixture.repository.git("config", "uploadpack.allowFilter", "true")
        try await withTemporaryDirectory { directory in
            try await fixture.repository.git(
                "clone", "--quiet", "--no-local", option, "file://\(fixture.repository.path)",
                "\(directory)/clone")
            try await body("\(directory)/clone/bankhook.state")
        }
    }

    @Test func `records outside any work tree have no history`() async throws {
        try await withTemporaryDirectory { directory in
            try Data(try HistoryFixture.version(1)).write(
                to: URL(filePath: "\(directory)/uat.json"))
            #expect(try await HistoryFixture.history(of: directory) == .none)
        }
    }

    @Test func `outside a work tree git is not started`() async throws {
        try await withTemporaryDirectory { directory in
            try Data(try HistoryFixture.version(1)).write(
                to: URL(filePath: "\(directory)/uat.json"))
            let history = try await HistoryFixture.history(
                of: directory, variables: ["PATH": "/nonexistent"])
            #expect(history == .none)
        }
    }

    @Test(arguments: [".git/state", "bare.git/state"])
    func `a directory inside a repository's own folder is in no work tree`(folder: String)
        async throws
    {
        try await HistoryFixture.with(folder) { fixture in
            let bare = "\(fixture.repository.path)/bare.git"
            try FileManager.default.createDirectory(
                atPath: bare, withIntermediateDirectories: true)
            _ = try await GitRepository(at: bare, "--bare")
            try fixture.write(try HistoryFixture.version(1))
            #expect(try await fixture.history() == .none)
        }
    }

    @Test func `records that git does not track are checked all the same`() async throws {
        try await HistoryFixture.with { fixture in
            try fixture.write(try HistoryFixture.version(1))
            #expect(try await fixture.history() == RecordHistory(coverage: .complete))
        }
    }

    @Test func `a shallow clone says so, and what to do`() async throws {
        try await withRollback { fixture in
            try await clone(fixture, "--depth=1") { directory in
                expectIncomplete(
                    try await HistoryFixture.history(of: directory), "fetch-depth: 0")
            }
            try await clone(fixture, "--depth=2") { directory in
                let history = try await HistoryFixture.history(of: directory)
                expectIncomplete(history, "shallow")
                #expect(history.findings.values.first?.rolledBackFrom != nil)
            }
        }
    }

    @Test(arguments: ["--filter=blob:none", "--filter=tree:0"])
    func `a partial clone says so and fetches nothing`(filter: String) async throws {
        try await withRollback { fixture in
            try await clone(fixture, filter) { directory in
                let objects = "\(directory)/../.git/objects/pack"
                let before = try FileManager.default.contentsOfDirectory(atPath: objects).count
                let history = try await HistoryFixture.history(of: directory)
                expectIncomplete(history, "partial")
                let after = try FileManager.default.contentsOfDirectory(atPath: objects).count
                #expect(before == after)
            }
        }
    }

    @Test func `a repository of another user names safe.directory`() async throws {
        // Only root can make one.
        guard getuid() == 0 else { return }
        try await withRollback { fixture in
            try FileManager.default.setAttributes(
                [.ownerAccountID: 65_534], ofItemAtPath: fixture.repository.path)
            expectIncomplete(try await fixture.history(), "safe.directory")
        }
    }

    @Test func `no git program is said`() async throws {
        try await withRollback { fixture in
            expectIncomplete(
                try await fixture.history(variables: ["PATH": "/nonexistent"]), "install git")
        }
    }

    @Test func `a git that hangs is said`() async throws {
        try await withRollback { fixture in
            try await withTemporaryDirectory { folder in
                let script = "\(folder)/git"
                try Data("#!/bin/sh\nexec /bin/sleep 1000\n".utf8).write(
                    to: URL(filePath: script))
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: script)
                expectIncomplete(
                    try await fixture.history(
                        variables: ["PATH": folder], timeLimit: .milliseconds(50)),
                    "too long")
            }
        }
    }

    @Test func `a folder that only looks like a repository is said`() async throws {
        try await withTemporaryDirectory { directory in
            try Data("nonsense\n".utf8).write(to: URL(filePath: "\(directory)/.git"))
            try Data(try HistoryFixture.version(1)).write(
                to: URL(filePath: "\(directory)/uat.json"))
            expectIncomplete(try await HistoryFixture.history(of: directory), "git failed")
        }
    }

    @Test func `variables that would lead git elsewhere are ignored`() async throws {
        try await withRollback { fixture in
            try await withTemporaryDirectory { other in
                try await GitRepository(at: other).commit()
                let history = try await fixture.history(variables: [
                    "GIT_DIR": "\(other)/.git", "GIT_WORK_TREE": other,
                    "GIT_CEILING_DIRECTORIES": fixture.repository.path,
                    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "log.showRoot",
                    "GIT_CONFIG_VALUE_0": "false",
                ])
                #expect(history.findings.count == 1)
            }
        }
    }

    @Test(arguments: ["", "{", "<<<<<<< HEAD\n", "{\"schema\": 2}\n"])
    func `an old version that is no record is said until something was applied after it`(
        content: String
    ) async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try fixture.write(Array(content.utf8))
            let damaged = try await fixture.repository.commit()
            try await fixture.commit(1)
            expectIncomplete(try await fixture.history(), damaged)
            try fixture.write(try HistoryFixture.version(2))
            #expect(try await fixture.history() == RecordHistory(coverage: .complete))
            try await fixture.repository.commit()
            #expect(try await fixture.history() == RecordHistory(coverage: .complete))
        }
    }

    @Test func `links and other files are no records`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            let file = "\(fixture.directory)/uat.json"
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.createSymbolicLink(
                atPath: file, withDestinationPath: "elsewhere")
            for name in ["README.md", "UPPER.json", ".hidden.json"] {
                try Data("text".utf8).write(to: URL(filePath: "\(fixture.directory)/\(name)"))
            }
            try await fixture.repository.commit()
            try FileManager.default.removeItem(atPath: file)
            for name in ["README.md", "UPPER.json", ".hidden.json"] {
                try FileManager.default.removeItem(atPath: "\(fixture.directory)/\(name)")
            }
            try await fixture.commit(1)
            #expect(try await fixture.history() == RecordHistory(coverage: .complete))
        }
    }
}
