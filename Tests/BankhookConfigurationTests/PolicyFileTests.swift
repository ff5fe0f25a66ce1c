import BankhookConfiguration
import BankhookModel
import FoundationEssentials
import SourceText
import TestSupport
import Testing

/// A policy in a file of its own.
@Suite struct PolicyFileTests {
    private static let environments =
        "environments:\n"
        + "  a: {webhook_url: 'https://hooks.lender.example/', webhook_mode: 0, "
        + "credentials: {api_key: {env: A}, server_hash: {env: B}}}\n"
    private static let configuration = "version: 1\n" + environments

    /// Each mistake as `FILE:LINE:COLUMN code`.
    private func mistakes(_ result: ConfigurationResult) -> [String] {
        result.report.sorted.map {
            "\($0.file.path):\($0.range.start.line):\($0.range.start.column) \($0.code)"
        }
    }

    private func decode(_ configuration: String = configuration, policy: String)
        -> ConfigurationResult
    {
        ConfigurationLoader.decode(
            SourceFile(path: "bankhook.yaml", bytes: Array(configuration.utf8)),
            policyFile: SourceFile(path: "policy.yaml", bytes: Array(policy.utf8)))
    }

    @Test func `a policy file says what a policy says`() throws {
        let result = decode(
            policy: "webhook_hosts: ['*.lender.example']\napi_hosts: [P.example]\n"
                + "max_changes: 30%\n")
        #expect(mistakes(result) == [])
        let policy = try #require(result.configuration?.policy)
        #expect(policy.webhookHosts?.map(\.text) == ["*.lender.example"])
        #expect(policy.apiHosts == ["p.example"])
        #expect(policy.maxChanges == .percentage(30))
    }

    @Test(
        arguments: [
            ("{}", []),
            ("webhook_hosts: []", ["bankhook.yaml:3:20 webhook_host_not_allowed"]),
            ("webhook_hosts: [x.example]", ["bankhook.yaml:3:20 webhook_host_not_allowed"]),
            ("max_changes: x", ["policy.yaml:1:14 invalid_max_changes"]),
            ("history: always", ["policy.yaml:1:10 invalid_history"]),
            (
                "env: []\nfiles: []",
                [
                    "bankhook.yaml:3:99 variable_not_allowed",
                    "bankhook.yaml:3:122 variable_not_allowed",
                ]
            ),
            ("env: ['[AB]']\nfiles: []", []),
            ("policy: {webhook_hosts: []}", ["policy.yaml:1:1 unknown_key"]),
            ("x-hosts: []", ["policy.yaml:1:1 unknown_key"]),
            ("[]", ["policy.yaml:1:1 wrong_type"]), ("~", ["policy.yaml:1:1 wrong_type"]),
            ("webhook_hosts: []\nwebhook_hosts: [a.example]", ["policy.yaml:2:1 duplicate_key"]),
            // What has a mistake judges nothing.
            (
                "webhook_hosts: [x.example]\nmax_changes: x",
                ["policy.yaml:2:14 invalid_max_changes"]
            ),
        ] as [(String, [String])])
    func `a policy file is judged as the policy key is`(policy: String, expected: [String]) {
        let result = decode(policy: policy)
        #expect(mistakes(result) == expected)
        #expect((result.configuration == nil) == !expected.isEmpty)
    }

    @Test(arguments: ["", "# nothing but a comment\n", "webhook_hosts: ["])
    func `a policy file without a tree is an error and never no policy`(policy: String) {
        let result = decode(policy: policy)
        #expect(result.configuration == nil)
        #expect(result.report.errors == 1)
        #expect(result.report.diagnostics.first?.file.path == "policy.yaml")
    }

    @Test(arguments: ["policy: {webhook_hosts: []}", "policy: {}", "policy:", "policy: x"])
    func `a policy in the configuration too is one mistake, at its key`(line: String) {
        let result = decode("version: 1\n\(line)\n" + Self.environments, policy: "{}")
        #expect(mistakes(result) == ["bankhook.yaml:2:1 policy_twice"])
    }

    @Test func `a misspelt policy key does not lift the file's rules`() {
        let result = decode(
            "version: 1\npolcy: {}\n" + Self.environments, policy: "webhook_hosts: []")
        #expect(
            mistakes(result) == [
                "bankhook.yaml:2:1 unknown_key", "bankhook.yaml:4:20 webhook_host_not_allowed",
            ])
    }

    @Test func `the mistakes of both files are in one report, each with its own redactions`() {
        let result = decode(
            "version: 1\ntimeout: 3s\n" + Self.environments.replacing("{env: A}", with: "CANARY-1"),
            policy: "api_hosts: ['u:CANARY-2@a.example']\ntoken: CANARY-3\n")
        #expect(
            mistakes(result) == [
                "bankhook.yaml:2:1 unknown_key", "bankhook.yaml:4:93 literal_secret",
                "policy.yaml:1:13 invalid_host_pattern", "policy.yaml:2:1 unknown_key",
            ])
        let text = result.report.text
        #expect(!text.contains("CANARY"))
        #expect(text.contains("policy.yaml:1:13: error: "))
        #expect(text.hasSuffix("\n4 errors"))
    }

    @Test func `one file given as both hides what either reading hides`() {
        let text = "version: 1\nenvironments: {a: {credentials: {api_key: CANARY}}}\n"
        let file = SourceFile(path: "bankhook.yaml", bytes: Array(text.utf8))
        let result = ConfigurationLoader.decode(file, policyFile: file)
        #expect(result.configuration == nil)
        #expect(!result.report.text.contains("CANARY"))
    }

    @Test
    func `a policy file that is no readable file is named, beside the configuration's mistakes`()
        async throws
    {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/bankhook.yaml"
            try Data("version: 2\nenvironments: {}\n".utf8).write(to: URL(filePath: path))
            let absent = ConfigurationLoader.load(path: path, policyPath: "\(directory)/none.yaml")
            #expect(
                mistakes(absent) == [
                    "\(path):1:10 unknown_version", "\(directory)/none.yaml:1:1 policy_not_found",
                ])
            #expect(absent.configuration == nil)
            #expect(absent.report.text.contains("name one with --policy PATH or BANKHOOK_POLICY"))
            let folder = ConfigurationLoader.load(path: path, policyPath: directory)
            #expect(
                mistakes(folder) == [
                    "\(directory):1:1 policy_unreadable", "\(path):1:10 unknown_version",
                ])
            #expect(folder.report.text.contains("it is a directory, not a regular file"))
            try Data("max_changes: x\n".utf8).write(to: URL(filePath: "\(directory)/p.yaml"))
            let neither = ConfigurationLoader.load(
                path: "\(directory)/no.yaml", policyPath: "\(directory)/p.yaml")
            #expect(
                mistakes(neither) == [
                    "\(directory)/no.yaml:1:1 config_not_found",
                    "\(directory)/p.yaml:1:14 invalid_max_changes",
                ])
        }
    }
}
