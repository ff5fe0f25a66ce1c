import BankhookConfiguration
import BankhookModel
import SourceText
import Testing

/// Files of a directory, in memory: how they are merged.
@Suite struct DirectoryTests {
    private static let keys = "credentials: {api_key: {env: A}, server_hash: {env: B}}"
    private static let own = "webhook_url: 'https://a.example/', webhook_mode: 0, \(keys)"

    private func decode(_ texts: String..., policy: String? = nil) -> ConfigurationResult {
        let files = zip("abcdef", texts).map { name, text in
            SourceFile(path: "d/\(name).yaml", bytes: Array(text.utf8))
        }
        return ConfigurationLoader.decode(
            files, directory: "d",
            policyFile: policy.map { SourceFile(path: "p/policy.yaml", bytes: Array($0.utf8)) })
    }

    private func part(_ text: String) -> String { "version: 1\n\(text)\n" }

    /// Each mistake as `FILE:LINE:COLUMN code`, with its notes' places.
    private func mistakes(_ result: ConfigurationResult) -> [String] {
        result.report.sorted.map { diagnostic in
            "\(place(diagnostic.file, diagnostic.range)) \(diagnostic.code)"
                + diagnostic.notes.map { " (\(place($0.file, $0.range)))" }.joined()
        }
    }

    private func place(_ file: SourceFile, _ range: SourceRange) -> String {
        "\(file.path):\(range.start.line):\(range.start.column)"
    }

    @Test func `environments of every file are merged over the one defaults, policy and state`()
        throws
    {
        let result = decode(
            part("environments: {uat: {webhook_url: 'https://uat.lender.example/'}}"),
            part(
                "defaults: {webhook_mode: 0, \(Self.keys)}\n"
                    + "policy: {webhook_hosts: ['*.lender.example'], max_changes: 3}\n"
                    + "state: {directory: records}"),
            part("environments: {prod: {webhook_url: 'https://x.lender.example/'}, dev: {}}")
                .replacing("dev: {}", with: "dev: {webhook_url: 'https://d.lender.example/'}"))
        #expect(mistakes(result) == [])
        let configuration = try #require(result.configuration)
        #expect(configuration.environments.map(\.name.text) == ["dev", "prod", "uat"])
        #expect(
            configuration.environments.map(\.file.path) == ["d/c.yaml", "d/c.yaml", "d/a.yaml"])
        #expect(configuration.policy.maxChanges == .count(3))
        #expect(configuration.stateDirectory.path == "d/records")
        #expect(configuration.files.map(\.path) == ["d/a.yaml", "d/b.yaml", "d/c.yaml"])
    }

    @Test func `without a state the records are in the directory`() {
        let result = decode(part("environments: {a: {\(Self.own)}}"), part("environments: {}"))
        #expect(result.configuration?.stateDirectory.path == "d/bankhook.state")
    }

    @Test func `a name declared twice is a mistake that shows both places`() {
        let result = decode(
            part("environments:\n  uat: {\(Self.own)}"),
            part("environments:\n  prod: {\(Self.own)}\n  uat: {\(Self.own)}"))
        #expect(mistakes(result) == ["d/b.yaml:4:3 environment_twice (d/a.yaml:3:3)"])
        #expect(
            result.report.sorted.first?.sentence
                == "environment 'uat' is declared in d/a.yaml too; remove one of the two")
        let lines = result.report.text.split(separator: "\n")
        #expect(lines[1].hasPrefix("    4 |   uat: {"))
        #expect(lines[3] == "d/a.yaml:3:3: note: the other one is declared here")
        #expect(lines[4].hasPrefix("    3 |   uat: {"))
        #expect(lines.last == "1 error")
    }

    @Test func `the second declaration's own mistakes are reported too`() {
        let result = decode(
            part("environments: {a: {\(Self.own)}}"),
            part("environments: {a: {timeout: x}}"), part("environments: {A: {\(Self.own)}}"))
        #expect(mistakes(result).contains("d/b.yaml:2:29 invalid_duration"))
        #expect(mistakes(result).contains("d/c.yaml:2:16 invalid_environment_name"))
        #expect(mistakes(result).contains("d/b.yaml:2:16 environment_twice (d/a.yaml:2:16)"))
    }

    @Test(arguments: [
        ("defaults", "{}"), ("policy", "{}"), ("state", "{directory: x}"),
    ])
    func `what one file only may hold is a mistake in each further one, naming the first`(
        key: String, value: String
    ) {
        let result = decode(
            part("environments: {a: {\(Self.own)}}"), part("\(key): \(value)"),
            part("x-a: 1\n\(key): \(value)"), part("\(key): \(value)"))
        #expect(
            mistakes(result) == [
                "d/c.yaml:3:1 \(key)_twice (d/b.yaml:2:1)",
                "d/d.yaml:2:1 \(key)_twice (d/b.yaml:2:1)",
            ])
        #expect(
            result.report.sorted.first?.sentence
                == "'\(key)' stands in d/b.yaml too; leave it to one file of the directory")
    }

    @Test func `the mistakes of what stands twice are all reported, and nothing is judged by it`() {
        let result = decode(
            part(
                "environments: {a: {webhook_url: 'https://a.example/'}}\n"
                    + "policy: {webhook_hosts: []}\ndefaults: {timeout: x}"),
            part("policy: {max_changes: x}\ndefaults: {flow: x, webhook_secrets: {t: {env: A}}}"))
        #expect(
            mistakes(result) == [
                "d/a.yaml:4:21 invalid_duration", "d/b.yaml:2:1 policy_twice (d/a.yaml:3:1)",
                "d/b.yaml:2:23 invalid_max_changes", "d/b.yaml:3:1 defaults_twice (d/a.yaml:4:1)",
                "d/b.yaml:3:18 unknown_flow",
            ])
    }

    @Test func `every file has its version, and may have x- keys and anchors of its own`() {
        let anchored = "x-own: &own {\(Self.own)}\nenvironments: {NAME: *own}"
        #expect(
            mistakes(
                decode(
                    part(anchored.replacing("NAME", with: "a")),
                    part(anchored.replacing("NAME", with: "b")))) == [])
        #expect(
            mistakes(
                decode(
                    part(anchored.replacing("NAME", with: "a")),
                    part("environments: {b: *own}"), "environments: {}\n",
                    "version: 2\nenvironments: {}"))
                == [
                    "d/b.yaml:2:19 yaml_alias", "d/c.yaml:1:1 missing_field",
                    "d/d.yaml:1:10 unknown_version",
                ])
    }

    @Test func `environments may be missing in some files and not in all`() {
        let some = decode(part("state: {}"), part("environments: {a: {\(Self.own)}}"))
        #expect(mistakes(some) == [])
        let none = decode(part("state: {}"), part("policy: {}"))
        #expect(mistakes(none) == ["d:1:1 missing_field"])
        #expect(
            none.report.text == """
                d:1:1: error: no file of the directory has 'environments'; declare at least one environment under it
                1 error
                """)
        #expect(mistakes(decode(part("defaults: {}"))) == ["d:1:1 missing_field"])
        #expect(
            mistakes(decode(part("state: {}"), part("environmnts: {}"))) == [
                "d/b.yaml:2:1 unknown_key"
            ])
    }

    @Test func `a file that says nothing is a mistake of its own`() {
        #expect(
            mistakes(
                decode(
                    part("environments: {a: {\(Self.own)}}"), part("x-a: &a 1"), "version: 1\n"))
                == ["d/b.yaml:1:1 missing_field", "d/c.yaml:1:1 missing_field"])
        #expect(
            mistakes(decode(part("environments: {a: {\(Self.own)}}"), "# later\n"))
                == ["d/b.yaml:1:1 yaml_empty"])
    }

    @Test func `a path is relative to the file that names it, in defaults too`() throws {
        let files = [
            ("d/a.yaml", part("environments: {uat: {webhook_url: 'https://a.example/'}}")),
            (
                "e/b.yaml",
                part(
                    "defaults: {webhook_mode: 0, ca_file: '{environment}.pem', credentials: "
                        + "{api_key: {file: 'k/{environment}'}, server_hash: {file: /h}}}")
            ),
        ].map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }
        let result = ConfigurationLoader.decode(files, directory: "d")
        let environment = try #require(result.configuration?.environments.first)
        #expect(
            environment.credentials.apiKey
                == .file(ReferencedPath(written: "k/uat", path: "e/k/uat")))
        #expect(
            environment.credentials.serverHash == .file(ReferencedPath(written: "/h", path: "/h")))
        #expect(environment.certificateAuthorityFile?.path == "e/uat.pem")
    }

    @Test func `mistakes of all files are in one report, by file, then place`() {
        let result = decode(
            part("environments: {b: {\(Self.own), flow: x}}\nzz: 1"),
            part("defaults: {timeout: x, \(Self.keys)}"), part("state: 5"), "a: [\n")
        #expect(
            mistakes(result) == [
                "d/a.yaml:2:135 unknown_flow", "d/a.yaml:3:1 unknown_key",
                "d/b.yaml:2:21 invalid_duration", "d/c.yaml:2:8 wrong_type",
                "d/d.yaml:2:1 yaml_syntax",
            ])
    }

    @Test func `a mistake in defaults is reported once, in the file of defaults`() {
        let result = decode(
            part("environments: {a: {}, b: {}}"),
            part(
                "defaults: {webhook_mode: 9, webhook_url: 'https://{environment}.example/{t}', \(Self.keys)}"
            ),
            part("environments: {c: {}}"))
        #expect(
            mistakes(result) == [
                "d/b.yaml:2:26 unknown_webhook_mode", "d/b.yaml:2:42 unknown_placeholder",
            ])
    }

    @Test func `a default secret is unused only where no environment of any file uses it`() {
        let defaults = part(
            "defaults: {webhook_mode: 0, \(Self.keys), webhook_secrets: {t: {env: T}, u: {env: U}}}"
        )
        let result = decode(
            part("environments: {a: {webhook_url: 'https://a.example/'}}"), defaults,
            part("environments: {b: {webhook_url: 'https://a.example/{t}'}}"))
        #expect(mistakes(result) == ["d/b.yaml:2:117 unused_secret"])
        let unread = decode(
            part("environments: {a: {webhook_url: 'https://a.example/'}}"), defaults, "[\n")
        #expect(mistakes(unread) == ["d/c.yaml:2:1 yaml_syntax"])
    }

    @Test func `what a file that cannot be read may hold is not missed`() {
        let result = decode(
            part("environments: {a: {base_url: 'https://x.example'}}"), "version: 1\npolicy: [\n")
        #expect(mistakes(result) == ["d/b.yaml:3:1 yaml_syntax"])
    }

    @Test func `a policy file forbids the policy of every file`() {
        let result = decode(
            part("environments: {a: {\(Self.own)}}\npolicy: {}"), part("policy: {}"), policy: "{}")
        #expect(mistakes(result) == ["d/a.yaml:3:1 policy_twice", "d/b.yaml:2:1 policy_twice"])
    }

    @Test func `a secret of one file is hidden in the excerpts of every report`() {
        let result = decode(
            part("environments: {a: {\(Self.own)}, b: {credentials: {api_key: CANARY}}}"),
            part("environments: {a: {credentials: {api_key: CANARY}}}"))
        #expect(!result.report.text.contains("CANARY"))
        #expect(result.report.text.contains("note: the other one is declared here"))
    }

    @Test func `mistakes of thousands of files are counted, and a thousand shown`() {
        let text = "version: 1\nenvironments: {" + (0..<40).map { "a\($0): 5, " }.joined() + "}\n"
        let files = (0..<200).map {
            SourceFile(
                path: "d/\(1_000 + $0).yaml",
                bytes: Array(text.replacing("a", with: "a\($0)-").utf8))
        }
        let report = ConfigurationLoader.decode(files, directory: "d").report
        #expect(report.errors == 8_000)
        #expect(report.text.hasSuffix("\n… and 7000 more\n8000 errors"))
    }
}
