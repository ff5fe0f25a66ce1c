import BankhookConfiguration
import BankhookModel
import SourceText
import Testing

@Suite struct ReportTests {
    @Test func `the mistakes of the specification's example are shown as it prints them`() {
        let text = """
            version: 1
            defaults:
              webhook_mode: net_banking
              credentials:
                api_key: { env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }
                server_hash: { env: "BANKCONNECT_{ENVIRONMENT}_SERVER_HASH" }



            environments:
              uat:
                base_url: https://apis-uat.bankconnect.finbox.in
                webhook_url: https://uat.lender.example/bankconnect
                webhook_mode: manual

              production:
                webook_url: https://hooks.lender.example/bankconnect
            """
        #expect(
            Decoding(text).result.report.text == """
                bankhook.yaml:14:19: error: unknown webhook_mode 'manual'; use net_banking (0) or net_banking_and_manual (1)
                   14 |     webhook_mode: manual
                      |                   ^~~~~~
                bankhook.yaml:17:5: error: unknown key 'webook_url'; did you mean 'webhook_url'?
                   17 |     webook_url: https://hooks.lender.example/bankconnect
                      |     ^~~~~~~~~~
                2 errors
                """)
    }

    @Test func `every mistake is reported in one run`() {
        let decoding = Decoding(
            """
            version: 2
            polcy: {}
            defaults:
              timeout: 11m
              flow: null
              credentials: {api_key: pasted, server_hsh: {env: H}}
            state: {directory: ""}
            environments:
              a:
              b: {}
              c:
                protected: yes
                webhook_url: 5
                webhook_mode: "0"
                base_url: https://apis.bankconnect.finbox.in/bank-connect
                webhook_secrets: {token: {env: 1}, token: x}
              D: {webhook_url: "https://a.example/a b", webhook_mode: [0]}
            """)
        #expect(
            decoding.mistakes
                == [
                    "1:10 unknown_version", "2:1 unknown_key", "4:12 invalid_duration",
                    "5:9 null_value",
                    "6:26 literal_secret", "6:34 unknown_key", "7:20 invalid_path",
                    "9:5 null_value",
                    "10:3 missing_field", "10:3 missing_field", "12:16 wrong_type",
                    "13:18 wrong_type",
                    "14:19 unknown_webhook_mode", "15:15 invalid_url", "16:36 wrong_type",
                    "16:40 duplicate_key", "17:3 invalid_environment_name", "17:20 invalid_url",
                    "17:59 wrong_type",
                ].map { $0 == "4:12 invalid_duration" ? "4:12 out_of_range" : $0 })
        #expect(decoding.result.configuration == nil)
    }

    @Test func `a mistake in defaults is reported there, and once`() {
        let environments = (1...50).map { "  e\($0): {}\n" }.joined()
        let decoding = Decoding(
            """
            version: 1
            defaults:
              webhook_url: https://a.example/a b
              webhook_mode: 7
              timeout: soon
              credentials: {api_key: {env: A}, server_hash: {env: A-B}}
            environments:\n
            """ + environments)
        #expect(
            decoding.mistakes == [
                "3:16 invalid_url", "4:17 unknown_webhook_mode", "5:12 invalid_duration",
                "6:55 secret_reference",
            ])
    }

    @Test(arguments: [
        ("version: 1\ndefault: {webhook_mode: 0}\nenvironments:\n  a: {}\n", ["2:1 unknown_key"]),
        ("version: 1\ndefaults: 5\nenvironments:\n  a: {}\n", ["2:11 wrong_type"]),
        ("version: 1\ndefaults:\nenvironments:\n  a: {}\n", ["2:10 null_value"]),
        ("verson: 1\nenvironments: {}\n", ["1:1 unknown_key"]),
        ("version: 1\nenvironment: {a: {}}\n", ["2:1 unknown_key"]),
    ])
    func `what follows from a mistake is no mistake of its own`(text: String, mistakes: [String]) {
        #expect(Decoding(text).mistakes == mistakes)
    }

    @Test(arguments: [
        ("[]", "1:1 wrong_type"), ("5", "1:1 wrong_type"),
        ("environments: {}", "1:1 missing_field"),
        ("version: 1", "1:1 missing_field"), ("", "1:1 yaml_empty"), ("# x\n", "1:1 yaml_empty"),
        ("version: \"1\"\nenvironments: {}", "1:10 wrong_type"),
        ("version: 01\nenvironments: {}", "1:10 unknown_version"),
        ("version: 1.0\nenvironments: {}", "1:10 wrong_type"),
        ("version: null\nenvironments: {}", "1:10 wrong_type"),
        ("version: 1\nenvironments: []", "2:15 wrong_type"),
        ("version: 1\nenvironments:\n", "2:14 wrong_type"),
        ("version: 1\nenvironments: {}\nzzz: 1", "3:1 unknown_key"),
        ("version: 1\nenvironments: {}\nX-a: 1", "3:1 unknown_key"),
        ("version: 1\nenvironments: {}\nstate: {git: []}", "3:14 wrong_type"),
        ("version: 1\nenvironments: {}\nstate: []", "3:8 wrong_type"),
        ("version: 1\nenvironments: {}\nstate:", "3:7 null_value"),
        ("version: 1\nenvironments: {}\nstate: {directory: 5}", "3:20 wrong_type"),
        ("version: 1\nenvironments: {}\nstate: {directory: ~}", "3:20 null_value"),
        ("version: 1\nenvironments: {}\nstate: {dir: x}", "3:9 unknown_key"),
        ("version: 1\nenvironments: {}\n--- {}", "3:1 yaml_second_document"),
        ("version: 1\nenvironments: {a: 5}", "2:19 wrong_type"),
        ("version: 1\nenvironments: {}\nversion: 1", "3:1 duplicate_key"),
    ])
    func `a mistake of the file's own structure has its place`(text: String, mistake: String) {
        #expect(Decoding(text).mistakes == [mistake])
    }

    @Test func `a file that declares nothing is fine, and x- keys are ignored`() {
        let decoding = Decoding("version: 1\nx-any: [1, {a: &a b}]\nx-: 2\nenvironments: {}\n")
        #expect(decoding.mistakes == [])
        #expect(decoding.result.configuration?.environments.isEmpty == true)
    }

    @Test(arguments: [
        "A", "-a", "a-", "a..b", "a.lock", "'a b'", "é", "\(String(repeating: "a", count: 64))",
        "''", "a/b",
    ])
    func `an environment's name is checked`(name: String) {
        let decoding = Decoding("version: 1\nenvironments:\n  \(name): {}\n")
        #expect(decoding.mistakes.first == "3:3 invalid_environment_name")
    }

    @Test func `names that look like other values are names`() throws {
        let body = "{webhook_url: https://a.example/, webhook_mode: 0}"
        let decoding = Decoding(
            """
            version: 1
            defaults: {credentials: {api_key: {env: A}, server_hash: {env: B}}}
            environments: {true: \(body), 1: \(body), null: \(body)}
            """)
        #expect(
            decoding.result.configuration?.environments.map(\.name.text) == ["1", "null", "true"])
    }

    @Test func `ten thousand mistakes are counted, and a thousand shown`() {
        let text =
            "version: 1\nenvironments:\n"
            + (0..<10_000).map { "  e\($0): 5\n" }.joined()
        let report = Decoding(text).result.report
        #expect(report.errors == 10_000)
        #expect(report.text.hasSuffix("\n… and 9000 more\n10000 errors"))
    }

    /// A text of about a megabyte, named so that a log need not hold it.
    struct Hostile: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String

        init(_ name: String, _ start: String, _ part: String, times: Int, _ end: String = "") {
            testDescription = name
            text = start + String(repeating: part, count: times) + end
        }
    }

    @Test(arguments: [
        Hostile("open lists", "", "[", times: 1 << 20),
        Hostile("one key, again and again", "", "a: 1\n", times: 200_000),
        Hostile(
            "one environment", "version: 1\nenvironments: {", "a: {b: c}, ", times: 90_000, "}"),
        Hostile("tag directives", "%TAG ! x\n", "%TAG !a! b\n", times: 90_000),
        Hostile("a long mode", "webhook_mode: 1", "0", times: 1 << 20),
        Hostile("an open string", "x-a: \"", "@", times: 1 << 20),
        Hostile(
            "mistakes below many lines", "x-a:\n" + String(repeating: " - apiary\n", count: 40_000),
            " - !x b\n", times: 80_000, "["),
    ])
    func `hostile text has a verdict`(hostile: Hostile) {
        let result = Decoding(hostile.text).result
        #expect(result.configuration == nil)
        #expect(result.report.errors > 0)
    }

    @Test func `defaults of any size serve environments of any number`() {
        let names = (0..<3_000).map { "    aa\($0): {env: X}\n" }.joined()
        let environments = (0..<3_000).map { "  e\($0): {}\n" }.joined()
        let secrets = Decoding(
            "version: 1\ndefaults:\n  webhook_mode: 0\n  credentials: {api_key: {env: A}, server_hash: {env: B}}\n  webhook_url: https://a.example/{aa0}\n  webhook_secrets:\n\(names)"
                + "environments:\n\(environments)")
        #expect(secrets.mistakes.filter { $0.hasSuffix("unused_secret") }.count == 2_999)
        let long = Decoding(
            "version: 1\ndefaults:\n  webhook_mode: \(String(repeating: "1", count: 100_000))\n"
                + "environments:\n\(environments)")
        #expect(long.mistakes.filter { $0 == "3:17 value_too_long" }.count == 1)
        #expect(!long.sentences.contains { $0.contains("has no 'webhook_mode'") })
    }

    @Test func `a name is filled in at so many places and no more`() {
        let url = "https://a.example/" + String(repeating: "{environment}", count: 65)
        let decoding = Decoding(
            "version: 1\ndefaults: {webhook_url: '\(url)'}\nenvironments: {a: {}}\n")
        #expect(decoding.mistakes.first == "2:25 value_too_long")
        #expect(!decoding.sentences.contains { $0.contains("has no 'webhook_url'") })
    }

    @Test func `more than sixteen placeholders are refused`() {
        func url(_ count: Int) -> String {
            "https://a.example/" + (0..<count).map { "{a\($0)}" }.joined()
        }
        let secrets =
            "webhook_secrets: {" + (0..<16).map { "a\($0): {env: A}" }.joined(separator: ", ") + "}"
        #expect(Decoding(environment: secrets, url: "\"\(url(16))\"").mistakes == [])
        #expect(Decoding(environment: "", url: "\"\(url(17))\"").mistakes == ["4:18 invalid_url"])
    }
}
