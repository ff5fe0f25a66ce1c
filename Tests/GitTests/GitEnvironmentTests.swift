import Git
import Testing

struct GitEnvironmentTests {
    @Test func `only what is on the list is passed on`() {
        let planted = [
            "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG",
            "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_PARAMETERS", "GIT_EXEC_PATH",
            "GIT_EXTERNAL_DIFF", "GIT_TRACE", "GIT_CEILING_DIRECTORIES", "LD_PRELOAD",
            "BANKCONNECT_UAT_API_KEY", "EDITOR", "PAGER",
        ]
        let passed = ["PATH", "HOME", "XDG_CONFIG_HOME", "SSH_AUTH_SOCK", "GIT_SSL_CAINFO"]
        let environment = GitEnvironment(
            Dictionary(uniqueKeysWithValues: (planted + passed).map { ($0, "planted") }))
        for name in planted { #expect(environment.variables[name] == nil) }
        for name in passed { #expect(environment.variables[name] == "planted") }
    }

    @Test func `what the configuration names as a secret is not passed on`() {
        let environment = GitEnvironment(
            ["LANG": "a-secret", "HOME": "/home"], withholding: ["LANG"])
        #expect(environment.variables["LANG"] == nil)
        #expect(environment.variables["HOME"] == "/home")
    }

    @Test func `nobody is asked, and nothing is fetched unless remotes are meant`() {
        let local = GitEnvironment(["LC_ALL": "de_DE", "GIT_TERMINAL_PROMPT": "1"]).variables
        #expect(local["GIT_TERMINAL_PROMPT"] == "0")
        #expect(local["LC_ALL"] == "C")
        #expect(local["GIT_OPTIONAL_LOCKS"] == "0")
        #expect(local["GIT_NO_LAZY_FETCH"] == "1")
        #expect(local["GIT_ALLOW_PROTOCOL"] == "none")
        let remote = GitEnvironment([:], reachesRemotes: true).variables
        #expect(remote["GIT_ALLOW_PROTOCOL"] == nil)
        #expect(remote["GIT_TERMINAL_PROMPT"] == "0")
    }
}
