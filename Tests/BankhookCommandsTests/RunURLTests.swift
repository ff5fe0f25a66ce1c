import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct RunURLTests {
    @Test(arguments: [
        (["BANKHOOK_RUN_URL": "https://ci.example/runs/1042"], "https://ci.example/runs/1042"),
        (
            [
                "GITHUB_SERVER_URL": "https://github.example", "GITHUB_REPOSITORY": "lender/hooks",
                "GITHUB_RUN_ID": "77",
            ], "https://github.example/lender/hooks/actions/runs/77"
        ),
        (["CI_JOB_URL": "https://gitlab.example/jobs/5"], "https://gitlab.example/jobs/5"),
        (["BUILD_URL": "http://jenkins.example:8080/job/1/"], "http://jenkins.example:8080/job/1/"),
        (
            ["BANKHOOK_RUN_URL": "https://own.example/1", "CI_JOB_URL": "https://gitlab.example/"],
            "https://own.example/1"
        ),
    ])
    func `the run is known from its CI system`(variables: [String: String], url: String) {
        let found = RunURL.find(in: variables)
        #expect(found.url == url)
        #expect(found.warning == nil)
    }

    @Test func `without a CI system there is no run`() {
        #expect(RunURL.find(in: ["GITHUB_RUN_ID": "77", "BUILD_URL": ""]).url == nil)
    }

    @Test(arguments: [
        "https://ci.example/x?k=hunter2-hunter2", "https://ci.example/hunter2%2Dhunter2",
    ])
    func `a run whose URL holds a secret is not recorded`(url: String) throws {
        let secret = try #require(Secret("hunter2-hunter2"))
        let found = RunURL.find(in: ["BANKHOOK_RUN_URL": url], secrets: [secret])
        #expect(found.url == nil)
        #expect(found.warning == "BANKHOOK_RUN_URL holds a secret; the run is not recorded")
    }

    @Test(arguments: ["run 7", "javascript:alert(1)", "https://u:p@ci.example/", "https://x\n::x"])
    func `a malformed run is dropped with a warning that does not repeat it`(url: String) {
        let found = RunURL.find(in: ["BANKHOOK_RUN_URL": url])
        #expect(found.url == nil)
        #expect(found.warning?.contains(url) == false)
    }
}
