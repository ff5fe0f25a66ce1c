import BankhookModel
import Testing

@Suite struct StateBranchTests {
    private func branch(_ remote: String) -> StateBranch {
        StateBranch(
            remote: remote, branch: "state", path: "", lease: StateBranch.defaultLease, folder: ".")
    }

    @Test(arguments: [
        ("https://git.example/x.git?token=canary", "https://git.example/x.git?<redacted>"),
        ("https://git.example/x.git#canary", "https://git.example/x.git#<redacted>"),
        ("https://git.example/x.git?a=b#canary", "https://git.example/x.git?<redacted>"),
        ("https//git.example/x.git?token=canary", "https//git.example/x.git?<redacted>"),
        ("ssh://git@git.example:22/x.git", "ssh://git@git.example:22/x.git"),
        ("git@git.example:team/c#.git", "git@git.example:team/c#.git"), ("origin", "origin"),
    ])
    func `what a URL may be signed in with is not shown`(remote: String, shown: String) {
        #expect(branch(remote).shownRemote == shown)
        #expect("\(branch(remote))" == "branch state of \(shown)")
    }
}
