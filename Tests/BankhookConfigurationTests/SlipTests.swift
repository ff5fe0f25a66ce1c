import BankhookConfiguration
import SourceText
import Testing

/// Slips of YAML syntax that leave a tree, so that only the wrong node tells of them.
@Suite struct SlipTests {
    private static let brace = "quote it: an unquoted { begins a mapping"
    private static let colon = "put a blank after the ':'"

    /// The mistakes that carry one of these hints, as `LINE:COLUMN code`.
    private func hinted(_ decoding: Decoding, _ hint: String) -> [String] {
        decoding.result.report.sorted.filter { $0.hint?.hasPrefix(hint) == true }.map {
            "\($0.range.start.line):\($0.range.start.column) \($0.code)"
        }
    }

    @Test(arguments: [
        ("environments:\n  uat:\n    webhook_url: {token}\n", "4:18"),
        ("defaults: {webhook_url: {environment}}\nenvironments: {a: {}}\n", "2:25"),
        ("defaults:\n  base_url: {host}\nenvironments: {a: {}}\n", "3:13"),
        ("environments:\n  a:\n    credentials: {api_key: {env: {ENVIRONMENT}}}\n", "4:34"),
        ("environments:\n  a:\n    ca_file: {x}\n", "4:14"),
    ])
    func `a placeholder where a text belongs is to be quoted`(text: String, place: String) {
        for text in ["version: 1\n" + text, "version: 1\r\n" + text.replacing("\n", with: "\r\n")] {
            #expect(hinted(Decoding(text), SlipTests.brace) == ["\(place) wrong_type"])
        }
    }

    @Test(arguments: [
        "{a: b}", "{a, b}", "{}", "{token: }", "{ 'a': }", "[a]", "5", "\"{token}\"",
        "\n      token:", "&a {token}",
    ])
    func `another value there has no such hint`(value: String) {
        let decoding = Decoding(environment: "", url: value)
        #expect(!decoding.mistakes.isEmpty)
        #expect(hinted(decoding, SlipTests.brace).isEmpty)
    }

    @Test(arguments: [
        ("defaults:\n  webhook_mode:0\nenvironments: {}\n", "3:3 wrong_type"),
        ("defaults: {webhook_mode:0}\nenvironments: {}\n", "2:12 unknown_key"),
        ("environments:\n  uat:{}\n", "3:3 wrong_type"),
        ("environments:\n  uat:\n    timeout:3s\n", "4:5 wrong_type"),
        ("environments:\n  uat:\n    credentials:\n      api_key:{env: A}\n", "5:7 unknown_key"),
        ("environments:\n  uat:\n    credentials:{api_key: {env: A}}\n", "4:17 yaml_syntax"),
    ])
    func `a key without a blank behind its colon is told`(text: String, mistake: String) {
        #expect(hinted(Decoding("version: 1\n" + text), SlipTests.colon) == [mistake])
    }

    @Test(arguments: [
        "defaults: text\nenvironments: {}\n", "defaults: note:0\nenvironments: {}\n",
        "defaults: 'webhook_mode:0'\nenvironments: {}\n", "environments: https://a.example\n",
        "defaults: {timeot: 3s}\nenvironments: {}\n", "defaults: {note:0}\nenvironments: {}\n",
    ])
    func `another text there has no such hint`(text: String) {
        let decoding = Decoding("version: 1\n" + text)
        #expect(!decoding.mistakes.isEmpty)
        #expect(hinted(decoding, SlipTests.colon).isEmpty)
    }

    @Test(arguments: [
        "environments:\n  uat:\n    api_key:CANARY77zq\n",
        "environments:\n  uat:\n    api-key:CANARY77zq\n",
        "environments:\n  uat:\n    credentials:\n      api_key:CANARY77zq\n",
        "environments:\n  uat:\n    timeout:3s\n    api_key:CANARY77zq\n",
        "environments: {uat: {api_key:CANARY77zq}}\n",
        "environments: {uat: {api_key:CANARY77zq: x}}\n",
        "environments: {uat: {credentials: {api_key:CANARY77zq}}}\n",
        "environments:\n  uat:\n    credentials:\n      api_key:CANARY77zq: x\n",
        "environments:\n  uat:\n    credentials:{api_key:CANARY77zq: x}\n",
        "environments:\n  uat:\n    timeout: 3s\n    api_key:CANARY77zq\n",
        "environments:\n  uat:\n    api_key:CANARY77zq\n    timeout: 3s\n",
        "environments:\n  uat:\n    credentials:\n      server_hash:CANARY77zq\n      api_key: {env: A}\n",
        "environments:\n  uat:\n    webhook_secrets:\n      token:CANARY77zq\n      b: {env: A}\n",
        "environments:\n  uat:\n    credentials:\n\tapi_key: CANARY77zq\n",
        "environments:\n  uat:\n    credentials:\n      api_key: {CANARY77zq}/x\n",
        "environments:\n  uat:\n    credentials:\n      api_key: *CANARY77zq.x\n",
    ])
    func `a secret behind such a slip is not shown`(text: String) {
        let decoding = Decoding("version: 1\n" + text)
        #expect(!decoding.mistakes.isEmpty)
        #expect(!decoding.everything.contains("CANARY77zq"), "\(decoding.everything)")
    }

    @Test func `the line of a late mark is the one that is shown`() {
        #expect(
            Decoding("version: 1\ndefaults:\n  webhook_mode:0\n  timeout: 3s\n").result.report.text
                == """
                bankhook.yaml:3:16: error: not valid YAML: mapping values are not allowed in this context; put a blank after the ':'
                    3 |   webhook_mode:0
                      |                ^
                1 error
                """)
    }
}
