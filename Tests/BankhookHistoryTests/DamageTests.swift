import BankhookHistory
import BankhookModel
import BankhookState
import Foundation
import TestSupport
import Testing

/// What is wrong in the files themselves, and what cannot be looked at.
struct DamageTests {
    @Test func `a damaged version is named with its commit although it was replaced`() async throws
    {
        try await HistoryFixture.with { fixture in
            let first = try ChainRecords.settled(1)
            try await fixture.commit(first)
            try fixture.write(Array("<<<<<<< HEAD\n".utf8))
            let damaged = try await fixture.repository.commit()
            try await fixture.commit(try ChainRecords.settled(2, after: first))
            #expect(
                try await fixture.problems() == [
                    "uat \(damaged): it is damaged: it holds merge-conflict markers"
                ])
        }
    }

    @Test func `a damaged file is reported once, with the first commit that has it`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(try ChainRecords.settled(1))
            try fixture.write([])
            #expect(
                try await fixture.problems() == [
                    "uat -: \(fixture.directory)/uat.json is damaged: it is empty"
                ])
            let broken = try await fixture.repository.commit()
            try Data("other".utf8).write(to: URL(filePath: "\(fixture.repository.path)/other"))
            try await fixture.repository.commit()
            #expect(
                try await fixture.problems() == [
                    "uat \(broken): \(fixture.directory)/uat.json is damaged: it is empty"
                ])
        }
    }

    @Test func `every file that is wrong is reported, and the chain of its record too`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            let first = try ChainRecords.settled(1)
            try await fixture.commit(first)
            let gap = try await fixture.commit(
                try ChainRecords.settled(3, after: try ChainRecords.settled(2, after: first)))
            try fixture.write([])
            try fixture.write(Array("{}".utf8), to: "production")
            try fixture.write(Array("{}".utf8), to: "-not-a-name")
            let problems = try await fixture.problems()
            #expect(problems.count == 4)
            #expect(problems.contains { $0.hasPrefix("uat \(gap)") })
            #expect(problems.contains { $0.hasPrefix("- -: ") && $0.contains("-not-a-name.json") })
        }
    }

    @Test func `damage on another branch is not this one's`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(try ChainRecords.settled(1))
            try await fixture.repository.git("checkout", "--quiet", "-b", "side")
            try fixture.write([])
            try await fixture.repository.commit()
            try await fixture.repository.git("checkout", "--quiet", "main")
            #expect(try await fixture.problems().isEmpty)
        }
    }

    @Test func `an intent must name the version that it stands on, with and without history`()
        async throws
    {
        try await HistoryFixture.with { fixture in
            let first = try ChainRecords.settled(1)
            try await fixture.commit(first)
            let other = try ChainRecords.settled(1, by: "other")
            let flawed = try await fixture.commit(
                try ChainRecords.intent(on: first, naming: other))
            let words = "its intent names another settled version"
            let problems = try await fixture.problems()
            #expect(problems.contains { $0.hasPrefix("uat \(flawed): serial 1: \(words)") })
            try FileManager.default.removeItem(atPath: "\(fixture.repository.path)/.git")
            let found = try await fixture.verification()
            #expect(found.coverage == .noWorkTree)
            #expect(found.lines.count == 1)
            #expect(found.lines.first?.hasPrefix("uat -: serial 1: \(words)") == true)
            #expect(found.records.map(\.versions) == [nil])
        }
    }

    @Test func `a first version names none before it`() async throws {
        try await HistoryFixture.with { fixture in
            let commit = try await fixture.commit(
                try ChainRecords.settled(1, after: try ChainRecords.settled(1, by: "other")))
            #expect(
                try await fixture.problems() == [
                    "uat \(commit): serial 1: it is the first version and names one before it"
                ])
        }
    }

    @Test func `what a shallow clone lacks is said, and is no gap`() async throws {
        try await HistoryFixture.with { fixture in
            let first = try ChainRecords.settled(1)
            let second = try ChainRecords.settled(2, after: first)
            for record in [first, second, first] { try await fixture.commit(record) }
            try fixture.write([])
            try await fixture.repository.commit()
            try await fixture.commit(try ChainRecords.settled(3, after: first))
            try await withTemporaryDirectory { directory in
                try await fixture.repository.git(
                    "clone", "--quiet", "--no-local", "--depth=3",
                    "file://\(fixture.repository.path)", "\(directory)/clone")
                let state = "\(directory)/clone/bankhook.state"
                let found = try await HistoryFixture.verification(of: state)
                guard case .incomplete(let problem, let wayOut) = found.coverage else {
                    Issue.record("\(found.coverage)")
                    return
                }
                #expect("\(problem); \(wayOut)".contains("fetch-depth: 0"))
                // The damage is there all the same; serial 2 is not.
                #expect(found.problems.count == 1)
                #expect(found.lines.first?.contains("it is empty") == true)
            }
        }
    }

    @Test func `without git the files are checked, and that history was not is said`() async throws
    {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(try ChainRecords.settled(1))
            try fixture.write([], to: "production")
            let found = try await fixture.verification(variables: ["PATH": "/nonexistent"])
            guard case .incomplete(let problem, _) = found.coverage else {
                Issue.record("\(found.coverage)")
                return
            }
            #expect(problem.contains("no git program"))
            #expect(found.problems.count == 1)
            #expect(found.records.count == 1)
        }
    }
}
