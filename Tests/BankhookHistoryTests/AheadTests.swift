import BankhookHistory
import BankhookModel
import TestSupport
import Testing

/// What only another ref has.
struct AheadTests {
    private func withBranch(
        _ body: (HistoryFixture) async throws -> Void
    ) async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try await fixture.repository.git("branch", "behind")
            try await body(fixture)
        }
    }

    @Test func `a later version on another branch is named with its ref`() async throws {
        try await withBranch { fixture in
            let later = try await fixture.commit(2)
            try await fixture.repository.git("checkout", "--quiet", "behind")
            #expect(
                try await fixture.finding()
                    == .init(
                        rolledBackFrom: nil, isForked: false,
                        ahead: .init(commit: later, ref: "refs/heads/main"), highestSerial: 2))
            try await fixture.repository.git("merge", "--quiet", "main")
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `the version after an override is the newest`() async throws {
        try await withBranch { fixture in
            try await fixture.commit(2)
            try await fixture.repository.git("checkout", "--quiet", "behind")
            try fixture.write(try HistoryFixture.version(3))
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.commit()
            #expect(try await fixture.finding() == nil)
            try await fixture.repository.git("checkout", "--quiet", "main")
            #expect(try await fixture.finding()?.ahead?.ref == "refs/heads/behind")
        }
    }

    @Test func `an intent on another branch may have been sent`() async throws {
        try await withBranch { fixture in
            let intent = try await fixture.commit(1, pending: true)
            try await fixture.repository.git("checkout", "--quiet", "behind")
            #expect(try await fixture.finding()?.ahead?.commit == intent)
        }
    }

    @Test func `another version of the same serial on another branch is ahead as well`()
        async throws
    {
        try await withBranch { fixture in
            try await fixture.commit(2, by: "main")
            try await fixture.repository.git("checkout", "--quiet", "behind")
            try await fixture.commit(2, by: "behind")
            let finding = try await fixture.finding()
            #expect(finding?.ahead?.ref == "refs/heads/main")
            #expect(finding?.isForked == false)
        }
    }

    @Test func `a branch that is behind this one is no news`() async throws {
        try await withBranch { fixture in
            try await fixture.commit(2)
            #expect(try await fixture.finding() == nil)
        }
    }

    @Test func `an old pipeline that runs again sees the remote's branch`() async throws {
        try await withBranch { fixture in
            try await fixture.commit(2)
            try await withTemporaryDirectory { clone in
                try await fixture.repository.git(
                    "clone", "--quiet", fixture.repository.path, "\(clone)/c")
                let cloned = GitRepository(existing: "\(clone)/c")
                try await cloned.git("checkout", "--quiet", "HEAD~1")
                try await cloned.git("branch", "--quiet", "-D", "main")
                let history = try await HistoryFixture.history(of: "\(clone)/c/bankhook.state")
                let ref = try #require(history.findings.values.first?.ahead?.ref)
                #expect(ref.hasPrefix("refs/remotes/origin/"))
            }
        }
    }

    @Test func `a rollback that another branch shares is reported once`() async throws {
        try await withBranch { fixture in
            let later = try await fixture.commit(2)
            try await fixture.repository.git("branch", "copy")
            try await fixture.repository.git("revert", "--no-edit", "HEAD")
            let finding = try await fixture.finding()
            #expect(finding?.rolledBackFrom == later)
            #expect(finding?.ahead == nil)
        }
    }

    @Test func `a stash is a ref like any other`() async throws {
        try await HistoryFixture.with { fixture in
            try await fixture.commit(1)
            try fixture.write(try HistoryFixture.version(2))
            try await fixture.repository.git("stash")
            #expect(try await fixture.finding()?.ahead?.ref == "refs/stash")
        }
    }
}
