import BankhookHistory
import BankhookModel
import BankhookState
import Foundation
import Git
import TestSupport
import Testing

/// The timeline of a state directory in a repository.
@Suite struct TimelineTests {
    private static func timeline(
        of directory: String, variables: [String: String] = [:]
    ) async throws -> RecordTimeline {
        let environment = GitEnvironment(GitRepository.variables.merging(variables) { $1 })
        return await TimelineReader(git: Git(environment: environment), directory: directory)
            .timeline(of: try DirectoryStore(path: directory).inspection())
    }

    @Test func `each commit tells who brought which version, newest first`() async throws {
        try await HistoryFixture.with { fixture in
            let first = try await fixture.commit(1)
            try fixture.write(try HistoryFixture.version(2))
            let second = try await fixture.repository.commit(
                "Move it\n\nBecause.\n\nRun: https://ci.example/9\nRevision: abc\n")
            try fixture.remove("uat")
            let third = try await fixture.repository.commit("Forget it")
            let timeline = try await TimelineTests.timeline(of: fixture.directory)
            #expect(timeline.coverage == .complete)
            #expect(timeline.events.map(\.kind) == [.forgotten, .updated, .registered])
            #expect(timeline.events.map(\.commit?.id) == [third, second, first])
            let update = try #require(timeline.events.dropFirst().first)
            #expect(update.commit?.authorName == "Test")
            #expect(update.commit?.authorEmail == "test@example.invalid")
            #expect(update.commit?.subject == "Move it")
            #expect(update.run == "https://ci.example/9")
            #expect(update.revision == "abc")
            #expect(update.changedFields == [.webhookURL])
            #expect(update.before?.serial == 1)
            #expect(timeline.current.isEmpty)
            #expect(
                timeline.limited(to: try #require(EnvironmentName("uat")))?.events.count == 3)
            #expect(timeline.limited(to: try #require(EnvironmentName("other"))) == nil)
        }
    }

    @Test func `both sides of a merge are told, the merge only where it made a version`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            let repository = fixture.repository
            try await fixture.commit(1)
            try await repository.git("checkout", "--quiet", "-b", "side")
            try await fixture.commit(2, by: "side")
            try await repository.git("checkout", "--quiet", "main")
            try await fixture.commit(2, by: "main")
            try await repository.git("merge", "--quiet", "--strategy=ours", "--no-edit", "side")
            let taken = try await TimelineTests.timeline(of: fixture.directory)
            #expect(taken.events.map { $0.after?.serial } == [2, 2, 1])

            try await repository.git("reset", "--quiet", "--hard", "HEAD~1")
            _ = try? await repository.git("merge", "--quiet", "--no-commit", "side")
            let merge = try await fixture.commit(3)
            let made = try await TimelineTests.timeline(of: fixture.directory)
            #expect(made.events.map { $0.after?.serial } == [3, 2, 2, 1])
            #expect(made.events.first?.commit?.id == merge)
            #expect(made.events.first?.before?.serial == 2)
        }
    }

    @Test func `another branch is no part of it`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.repository.git("checkout", "--quiet", "-b", "ahead")
            try await fixture.commit(2)
            try await fixture.repository.git("checkout", "--quiet", "main")
            let timeline = try await TimelineTests.timeline(of: fixture.directory)
            #expect(timeline.events.map { $0.after?.serial } == [1])
        }
    }

    @Test func `what no commit has comes first, and damage that is committed once only`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            try fixture.write(try HistoryFixture.version(1))
            let early = try await TimelineTests.timeline(of: fixture.directory)
            #expect(early.coverage == .complete)
            #expect(early.events.map(\.kind) == [.registered])
            #expect(early.events.first?.commit == nil)
            try await fixture.repository.commit()
            try fixture.write(try HistoryFixture.version(2))
            try fixture.write(Array("oops".utf8), to: "other")
            let changed = try await TimelineTests.timeline(of: fixture.directory)
            #expect(changed.events.map(\.kind) == [.damaged, .updated, .registered])
            #expect(changed.events.map { $0.commit == nil } == [true, true, false])
            try await fixture.repository.commit()
            let committed = try await TimelineTests.timeline(of: fixture.directory)
            #expect(committed.events.map(\.kind) == [.damaged, .updated, .registered])
            #expect(committed.events.map { $0.commit == nil } == [false, false, false])
            #expect(committed.events.first?.problem?.isEmpty == false)
        }
    }

    @Test func `a link in a record's place is damage`() async throws {
        try await HistoryFixture.with { fixture in
            try FileManager.default.createSymbolicLink(
                atPath: "\(fixture.directory)/uat.json", withDestinationPath: "elsewhere")
            try await fixture.repository.commit()
            let timeline = try await TimelineTests.timeline(of: fixture.directory)
            #expect(timeline.events.map(\.kind) == [.damaged])
            #expect(timeline.events.first?.problem == "it is no plain file")
        }
    }

    @Test func `a directory that is gone still has its history`() async throws {
        try await HistoryFixture.with("deep/er/state") { fixture in
            try await fixture.commit(1)
            try FileManager.default.removeItem(atPath: "\(fixture.repository.path)/deep")
            let gone = try await TimelineTests.timeline(of: fixture.directory)
            #expect(gone.events.map(\.kind) == [.forgotten, .registered])
            try await fixture.repository.commit()
            let timeline = try await TimelineTests.timeline(of: fixture.directory)
            #expect(timeline.events.map { $0.commit == nil } == [false, false])
        }
    }

    @Test func `records at the top of a repository have a history too`() async throws {
        try await HistoryFixture.with(".") { fixture in
            try await fixture.commit(1)
            try await fixture.repository.commit("nothing")
            let timeline = try await TimelineTests.timeline(of: fixture.directory)
            #expect(timeline.events.map(\.kind) == [.registered])
        }
    }

    @Test func `a shallow clone says so, and calls its oldest versions first seen`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.commit(2)
            let clone = "\(fixture.repository.path)/clone"
            try await fixture.repository.git(
                "clone", "--quiet", "--depth=1", "file://\(fixture.repository.path)", clone)
            let timeline = try await TimelineTests.timeline(of: "\(clone)/bankhook.state")
            guard case .incomplete(let problem, let wayOut) = timeline.coverage else {
                Issue.record("coverage: \(timeline.coverage)")
                return
            }
            #expect(problem.contains("this clone is shallow"))
            #expect(wayOut.contains("fetch-depth: 0"))
            #expect(timeline.events.map(\.kind) == [.firstSeen])
        }
    }

    @Test func `a partial clone says what it lacks, and skips no version in silence`() async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.commit(2)
            try await fixture.repository.git("config", "uploadpack.allowFilter", "true")
            let clone = "\(fixture.repository.path)/clone"
            try await fixture.repository.git(
                "clone", "--quiet", "--filter=blob:none", "file://\(fixture.repository.path)",
                clone)
            let timeline = try await TimelineTests.timeline(of: "\(clone)/bankhook.state")
            guard case .incomplete(let problem, _) = timeline.coverage else {
                Issue.record("coverage: \(timeline.coverage)")
                return
            }
            #expect(problem.contains("partial"))
            // Before 2.45 git gives up at the first object that it would have to fetch.
            let kinds = timeline.events.map(\.kind)
            #expect(kinds == [.firstSeen, .unread] || kinds.isEmpty)
        }
    }

    @Test func `no work tree and no git program are said`() async throws {
        try await withTemporaryDirectory { directory in
            let timeline = try await TimelineTests.timeline(of: "\(directory)/bankhook.state")
            #expect(timeline.coverage == .noWorkTree)
        }
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            let timeline = try await TimelineTests.timeline(
                of: fixture.directory, variables: ["PATH": "/nonexistent"])
            guard case .incomplete(let problem, _) = timeline.coverage else {
                Issue.record("coverage: \(timeline.coverage)")
                return
            }
            #expect(problem.contains("no git program"))
            #expect(timeline.events.isEmpty)
            #expect(timeline.current.count == 1)
        }
    }

    @Test func `the records of a branch are read without its work tree`() async throws {
        try await HistoryFixture.with("records") { fixture in
            try await fixture.commit(1)
            try await fixture.repository.git("checkout", "--quiet", "-b", "state")
            try await fixture.commit(2)
            try await fixture.repository.git("checkout", "--quiet", "main")
            let reader = TimelineReader(
                git: Git(environment: GitEnvironment(GitRepository.variables)),
                directory: fixture.directory)
            let timeline = await reader.timeline(
                of: "refs/heads/state", folder: "records/")
            #expect(timeline.coverage == .complete)
            #expect(timeline.events.map(\.kind) == [.updated, .registered])
            #expect(timeline.current.map(\.serial) == [2])
        }
    }
}
