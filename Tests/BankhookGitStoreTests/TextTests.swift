import BankhookModel
import BankhookState
import Git
import Testing

@testable import BankhookGitStore

/// What goes to git and what comes from it.
struct TextTests {
    @Test func `a commit says what was done and to whom, and skips pipelines`() throws {
        let names = try ["uat", "production"].map(Sample.name)
        let text = CommitText(
            [("applied", []), ("pending", names)], run: "https://ci.example/1", revision: "4f2c")
        #expect(
            text.text == """
                bankhook: pending production, uat [skip ci]

                Run: https://ci.example/1
                Revision: 4f2c

                """)
        let two = CommitText(
            [("applied", [names[0]]), ("renewed", [names[1]])], run: nil, revision: nil)
        #expect(two.text == "bankhook: applied uat; renewed production [skip ci]\n")
    }

    @Test func `a commit names five environments and counts the others`() throws {
        let names = try (1...7).map { try Sample.name("e\($0)") }
        let text = CommitText([("pending", names)], run: nil, revision: nil)
        #expect(text.text == "bankhook: pending e1, e2, e3, e4, e5 and 2 more [skip ci]\n")
    }

    @Test(arguments: [
        "error: cannot update ref 'refs/x': couldn't write '/c/.git/refs/x.lock'",
        "fatal: Unable to create '/c/.git/shallow.lock': No space left on device",
        "fatal: Unable to create '/c/.git/shallow.lock': File exists.",
    ])
    func `a clone that cannot be written is no matter of the remote`(words: String) {
        #expect(GitError.failed(words).isLocal)
        #expect(!GitError.failed("remote: \(words)").isLocal)
        #expect(!BranchError.unusable(words: words).wayOut.contains("git ls-remote"))
    }

    @Test func `whose repository belongs to another user is told from git's words`() {
        let words = "fatal: detected dubious ownership in repository at '/srv/remote.git'\n"
        #expect(GitError.failed(words).isForeignOwned)
        #expect(!GitError.failed(words).isAtRemote)
        let remote = "\(words)fatal: Could not read from remote repository.\n"
        #expect(GitError.failed(remote).isAtRemote)
        let error = BranchError.foreignRemote(Scene.branch, words: "at '/srv/remote.git'")
        #expect("\(error)".hasPrefix("the repository at the remote belongs to another user"))
        #expect("\(error)".hasSuffix("at '/srv/remote.git'"))
    }

    @Test func `of git's words those that say what went wrong are kept`() {
        let words = """
            To https://git.example/state
             ! [remote rejected] main -> main (protected branch)
            error: failed to push some refs to 'https://git.example/state'
            hint: see git help
            """
        #expect(
            GitWords.summary(of: words) == "! [remote rejected] main -> main (protected branch); "
                + "error: failed to push some refs to 'https://git.example/state'")
        #expect(GitWords.summary(of: "ssh: no route\n") == "ssh: no route")
    }

    @Test(arguments: [
        ("fatal: 'https://me:pass@git.example/x' not found", "https://<redacted>@git.example/x"),
        ("fatal: https://a@b:c@git.example/", "https://<redacted>@git.example/"),
        ("fatal: 'https//me:pass@git.example/x' x", "fatal: '<redacted>@git.example/x' x"),
        ("fatal: 'https://git.example/x?token=pass' x", "'https://git.example/x?<redacted>' x"),
        ("fatal: 'https://git.example/x#pass' x", "'https://git.example/x#<redacted>' x"),
        ("git@git.example: Permission denied", "git@git.example: Permission denied"),
        // Tokens in base64 have slashes.
        ("fatal: 'https://me:ab/pass'@git.example/x' x", "https://<redacted>@git.example/x"),
    ])
    func `a password in a URL is not shown`(words: String, shown: String) {
        let summary = GitWords.summary(of: words)
        #expect(summary.contains(shown))
        #expect(!summary.contains("pass") && !summary.contains("b:c"))
    }

    @Test func `a commit's stream names its parent, its files by length and its end`() {
        let stream = FastImport.stream(
            [("a.json", Array("{}\n".utf8)), ("b.json", nil)], on: "abc", to: "refs/x",
            by: "me <me@x>", at: Timestamp(secondsSinceEpoch: 7), "say\n")
        #expect(
            String(decoding: stream, as: UTF8.self) == """
                feature done
                commit refs/x
                mark :1
                committer me <me@x> 7 +0000
                data 4
                say

                from abc
                M 100644 inline a.json
                data 3
                {}

                D b.json

                get-mark :1
                done

                """)
        let first = FastImport.stream(
            [], on: nil, to: "refs/x", by: "me <me@x>", at: Timestamp(secondsSinceEpoch: 7), "")
        #expect(!String(decoding: first, as: UTF8.self).contains("from "))
    }

    @Test func `an identity cannot end its field`() {
        #expect(FastImport.plain("a<b>c\nd\0e") == "abcde")
    }

    @Test(
        arguments: [
            ("100644 blob 1a\ta.json", "a.json", nil),
            ("100755 blob 1a\tx/y/a.json", "a.json", nil),
            ("120000 blob 1a\ta.json", "a.json", "a symbolic link"),
            ("040000 tree 1a\ta.json", "a.json", "a directory"),
            ("160000 commit 1a\ta.json", "a.json", "a submodule"),
            ("100644 blob 1a\tREADME", "README", "another file"),
        ] as [(String, String, String?)])
    func `an entry of a folder is told apart`(line: String, name: String, kind: String?) throws {
        let entry = try #require(TreeEntry(Array(line.utf8)[...]))
        #expect(entry.name == name)
        #expect(entry.kind == kind)
        #expect(entry.id == "1a")
    }

    @Test(arguments: ["", "100644 blob 1a", "100644 blob\ta.json", "a b c d\te"])
    func `what is no entry is none`(line: String) {
        #expect(TreeEntry(Array(line.utf8)[...]) == nil)
    }
}
