import BankhookModel
import SourceText
import Testing

@testable import BankhookConfiguration

/// `state.git` (specification, section 6).
struct GitStateTests {
    private func decode(_ git: String, timeout: String = "10s") -> Decoding {
        Decoding(
            """
            version: 1
            state: {git: \(git)}
            environments: {a: {webhook_url: 'https://h.lender.example/', webhook_mode: 0,
              timeout: \(timeout), credentials: {api_key: {env: K}, server_hash: {env: H}}}}
            """)
    }

    @Test func `remote and branch are enough, and the lease is ten minutes`() throws {
        let decoding = decode("{remote: origin, branch: bankhook-state}")
        #expect(decoding.mistakes == [])
        let branch = try #require(decoding.result.configuration?.stateBranch)
        #expect(branch.remote == "origin")
        #expect(branch.ref == "refs/heads/bankhook-state")
        #expect(branch.path(of: "a.json") == "a.json")
        #expect(branch.lease.seconds == 600)
    }

    @Test(arguments: ["?token=canary", "#canary"])
    func `what a remote's URL is signed in with is not shown beside a mistake`(end: String) {
        let decoding = decode("{remote: 'https://git.example/x.git\(end)', branch: '-b'}")
        #expect(decoding.mistakes == ["2:\(60 + end.count) invalid_branch"])
        #expect(decoding.result.report.text.contains("remote: <redacted>"))
        #expect(!decoding.result.report.text.contains("canary"))
    }

    @Test(arguments: [".", "./", "./.", "a/..b"])
    func `a path is a folder on the branch`(path: String) throws {
        let decoding = decode("{remote: o, branch: b, path: '\(path)'}")
        let branch = try #require(decoding.result.configuration?.stateBranch)
        #expect(branch.path(of: "x") == (path.hasPrefix("a") ? "a/..b/x" : "x"))
    }

    @Test(arguments: [
        ("{remote: o}", "2:9 missing_field"), ("{branch: b}", "2:9 missing_field"),
        ("{remote: o, branch: b, lease: 29s}", "2:44 invalid_lease"),
        ("{remote: o, branch: b, lease: 61m}", "2:44 invalid_lease"),
        ("{remote: o, branch: b, lease: 30s}", "ok"),
        ("{remote: 'https://u:p@h/x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'https://u@h/x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'ssh://git@h/x', branch: b}", "ok"),
        ("{remote: 'git@h:x', branch: b}", "ok"),
        ("{remote: 'ssh://git:p@h/x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'https//u:p@h/x', branch: b}", "2:23 invalid_remote"),
        ("{remote: '//u:p@h/x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'u:p@h:x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'https:////u:p@h/x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'https://u:p/w@h/x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'https://h:8443/@scope/x', branch: b}", "ok"),
        ("{remote: '-x', branch: b}", "2:23 invalid_remote"),
        ("{remote: 'ext::x', branch: b}", "2:23 invalid_remote"),
        ("{remote: o, branch: '-b'}", "2:34 invalid_branch"),
        ("{remote: o, branch: 'a..b'}", "2:34 invalid_branch"),
        ("{remote: o, branch: b, path: '../x'}", "2:43 invalid_path"),
        ("{remote: o, branch: b, path: '.git'}", "2:43 invalid_path"),
    ])
    func `what git could misread is refused where it stands`(git: String, mistake: String) {
        #expect(decode(git).mistakes == (mistake == "ok" ? [] : [mistake]))
    }

    @Test func `a lease lasts for three of the longest requests`() {
        #expect(
            decode("{remote: o, branch: b, lease: 30s}", timeout: "11s").mistakes == [
                "2:44 invalid_lease"
            ])
        #expect(decode("{remote: o, branch: b}", timeout: "4m").mistakes == ["2:9 invalid_lease"])
        #expect(decode("{remote: o, branch: b}", timeout: "200s").mistakes == [])
    }

    @Test func `directory and git exclude each other`() {
        let decoding = Decoding(
            "version: 1\nenvironments: {}\nstate: {directory: x, git: {remote: o, branch: b}}")
        #expect(decoding.mistakes == ["3:23 state_twice"])
    }
}
