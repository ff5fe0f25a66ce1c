import BankhookConfiguration
import BankhookModel
import SourceText
import Testing

/// A canary is pasted where a secret's reference, a secret's name or a password in a URL stands; no
/// part of what is reported may hold it.
@Suite struct RedactionTests {
    private static let canaries = [
        "C4n4ry77Zq", "zqcanaryzqcanaryzq", "c4n4ry-0123456789-c4n4ry-0123456789",
    ]

    private func check(_ template: String, _ location: SourceLocation = #_sourceLocation) {
        for canary in RedactionTests.canaries {
            let decoding = Decoding(template.replacing("CANARY", with: canary))
            #expect(!decoding.mistakes.isEmpty, sourceLocation: location)
            #expect(
                !decoding.everything.contains(canary), "\(decoding.everything)",
                sourceLocation: location)
        }
    }

    @Test(arguments: [
        "credentials: CANARY", "credentials: [CANARY]", "credentials: {api_key: CANARY}",
        "credentials: {api_key: [CANARY]}", "credentials: {api_key: {CANARY}}",
        "credentials: {api_key: {key: CANARY}}", "credentials: {api_key: {env: a-CANARY}}",
        "credentials: {api_key: {env: 'CANARY '}}", "credentials: {api_key: {env: ['CANARY']}}",
        "credentials: {api_key: {env: '{CANARY}'}}",
        "credentials: {api_key: {env: A, value: CANARY}}",
        "credentials: {server_hash: \"CANARY\"}", "credentials: {api-key: CANARY}",
        "credentials: {secret: CANARY}",
        "credentials: {api_key: |\n        CANARY\n        CANARY\n    }",
        "credentials:\n  api_key: |\n    CANARY\n    CANARY\n",
        "credentials:\n  api_key: >-\n    CANARY\n    CANARY\n",
        "credentials:\n  api_key: CANARY\n    CANARY\n",
        "credentials:\n  api_key: \"CANARY\n    CANARY\"\n", "credentials:\n  - CANARY\n",
        "credentials:\n  api_key: !CANARY CANARY\n",
        "credentials: !x CANARY", "credentials: {api_key: !x CANARY}",
        "credentials: {api_key: \"CANARY\\0\"}",
        "credentials: {api_key: \"CANARY\u{200B}\"}", "credentials: {api_key: CANARY #CANARY\n }",
        "credentials:\n  api_key: CANARY #CANARY",
        "credentials:\n  api_key: CANARY\n  api_key: CANARY",
        "credentials: {api_key: {env: A}}\ncredentials: {api_key: CANARY}",
        "credential: {api_key: CANARY}",
        "credentals:\n  api_key: CANARY\n", "api_key: CANARY", "server_hash: CANARY",
        "apikey: CANARY", "server-hash: 'CANARY'",
        "api_key: {env: CANARY}", "api_key: [[CANARY]]", "x: {api_key: CANARY}",
        "webhook_secrets: CANARY",
        "webhook_secrets: {token: CANARY}", "webhook_secrets: {token: [CANARY]}",
        "webhook_secrets: [CANARY]",
        "webhook_secrets:\n  token:\n    CANARY\n", "webhook_secret: {token: CANARY}",
        "probe_headers: {x-key: CANARY}",
        "probe_headers: CANARY", "credentials: {api_key: &a CANARY, server_hash: *a}",
        "credentials: {<<: CANARY}",
        "credentials: {<<: {api_key: CANARY}}", "webhook_secrets: {<<: [{token: CANARY}]}",
        "credentials: {? [CANARY] : x}",
        "credentials: {api_key: {file: CANARY, env: CANARY}}",
        "credentials: {api_key: CANARY}\ntimeout: x", "timeout: x\napi_key: CANARY",
    ])
    func `a value under a secret's key is never shown`(lines: String) {
        let indented = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
        check("version: 1\nenvironments:\n  uat:\n    webhook_mode: manual\n\(indented)")
        let shallow = lines.split(separator: "\n").map { "  \($0)\n" }.joined()
        check("version: 1\ndefaults:\n\(shallow)environments: {a: {}}\n")
        check("version: 1\n\(lines)\nenvironments: {a: {}}\n")
    }

    @Test(arguments: [
        "environments: {uat: {credentials: {api_key: CANARY}, timeout: x, flow: y, color: z}}",
        "{timeout: x, credentials: {api_key: CANARY, server_hash: CANARY}, timeout: y}",
        "x-k: &k CANARY\nenvironments: {uat: {credentials: {api_key: *k}}}",
        "x-k: &k {api_key: CANARY}\nenvironments: {uat: {credentials: *k}}",
        "x-k: &k {credentials: {api_key: CANARY}}\nenvironments: {uat: {<<: *k}}",
        "environments: {uat: {webhook_url: 'https://a.example/', credentials: {CANARY: a, CANARY: b}}}",
    ])
    func `nor is it where another mistake stands on its line`(text: String) {
        check("version: 1\n\(text)\n")
    }

    @Test(arguments: [
        "environments:\n  uat:\n    webhook_secrets:\n    token: CANARY",
        "environments:\n  uat:\n    password: {value: [CANARY]}",
        "defaults:\n  authorization: CANARY\nenvironments: {}", "secret: CANARY",
        "policy: {bearer: CANARY}\nenvironments: {}", "pat: CANARY", "brunch: CANARY",
        "state: {git: {token: CANARY}}", "state: {git: {lase: CANARY}}",
    ])
    func `nor is a value under a key that nobody knows`(text: String) {
        check("version: 1\n\(text)\n")
    }

    @Test func `a policy's hosts and the values of misspelt keys are shown`() {
        let text = """
            version: 1
            policy: {webhook_hosts: ["not a host"]}
            environments: {uat: {webook_url: https://hooks.lender.example/}}

            """
        let everything = Decoding(text).everything
        #expect(Decoding("version: 1\npolicy: {history: never}\n").everything.contains("never"))
        #expect(Decoding("version: 1\nstate: {git: {lease: 20s}}\n").everything.contains("20s"))
        #expect(everything.contains("[\"not a host\"]"))
        #expect(everything.contains("webook_url: https://hooks.lender.example/"))
    }

    @Test(arguments: [
        "credentials: {CANARY0123456789: x}",
        "credentials: {CANARY0123456789: x, CANARY0123456789: y}",
        "webhook_secrets: {CANARY0123456789: {env: A}}",
        "webhook_secrets: {CANARY0123456789012345: x, timeout: y}",
        "credentials: {api_key: {CANARY0123456789: x}}",
        "credentials: {api_key: {CANARY0123456789}}",
    ])
    func `a name that may be a secret itself is not shown either`(line: String) {
        check("version: 1\nenvironments:\n  uat:\n    \(line)\n")
        check("version: 1\nenvironments:\n  uat:\n    \(line)\n  [\n")
    }

    @Test(arguments: [
        "webhook_url: https://user:CANARY@a.example/", "webhook_url: 'user:CANARY@a.example'",
        "webhook_url: '//u:CANARY@a.example'",
        "webhook_url: 'https:\\\\u:CANARY@a.example'", "webhook_url: 'https://u:CANARY/@a.example'",
        "webhook_url: 'https://u:CANARY#@a.example'", "webhook_url: 'https://CANARY@a.example'",
        "webhook_url: \"https://\u{301}u:CANARY@a.example\"",
        "webhook_url: \"https://u:CANARY\u{200B}@a.example\"",
        "webhook_url: [https://u:CANARY@a.example]", "webhook_url: !x https://u:CANARY@a.example",
        "webhook_mode: https://u:CANARY@a.example",
        "base_url: https://u:CANARY@a.example", "base_url: >\n  https://u:CANARY@a.example",
        "flow: https://u:CANARY@a.example",
        "timeout: https://u:CANARY@a.example", "reassert_after: https://u:CANARY@a.example",
        "ca_file: '{https://u:CANARY@a.example}'",
        "https://u:CANARY@a.example: x", "webhook_url:https://u:CANARY@a.example",
        "protected: https://u:CANARY@a.example",
        "webhook_url: 'https://u:CANARY@a.example'\nwebhook_url: 'https://u:CANARY@a.example'",
        "? https://u:CANARY@a.example",
        "'https://u:CANARY@a.example': x\n'https://u:CANARY@a.example': y",
    ])
    func `a password in a URL is never shown, wherever the URL stands`(lines: String) {
        let indented = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
        check("version: 1\nenvironments:\n  uat:\n    timeout: x\n\(indented)")
        check("version: 1\nenvironments: {a: {}}\n\(lines)\n")
        check(
            "version: 1\npolicy: {webhook_hosts: ['https://u:CANARY@a.example'], api_hosts: ['u:CANARY@a']}\n"
        )
        check("version: 'u:CANARY@a'\nstate: {git: {remote: 'https://u:CANARY@a.example'}}\n")
        check("version: 1\nenvironments: {'https://u:CANARY@a.example': {}}\n")
    }

    @Test(arguments: [
        "credentials: {api_key: CANARY", "credentials:\n  api_key: \"CANARY\n",
        "credentials:\n  api_key: 'CANARY\n",
        "credentials:\n  api_key: CANARY: x\n", "credentials:\n\tapi_key: CANARY\n",
        "credentials:\n  api_key: CANARY\n   x: y\n",
        "credentials:\n  api_key:\n    - CANARY\n   - x\n", "api_key: CANARY: x",
        "apikey: CANARY: x", "apikey: 'CANARY'x",
        "credentals: {api-key: CANARY: x}", "server-hash: *CANARY*: x", "credentials: [CANARY}",
        "credentials: {api_key: @CANARY}",
        "credentials:\n  api_key: |\n    CANARY\n x", "webhook_secrets:\n  token: {env: CANARY\n",
        "webhook_secrets:\n  token: `CANARY\n",
        "webhook_url: https://u:CANARY@a.example: x", "webhook_url: \"https://u:CANARY@a.example",
        "api_key: %CANARY",
        "probe_headers:\n  x-key: CANARY: CANARY\n",
        "credentials:\n  CANARY: x\n  CANARY: y\n  z: [\n", "\"api_key\": CANARY: x",
        "credentials:\n  api_key: \"CANARY\\q\"\n", "api_key: CANARY\u{0}", "api_key: CANARY\r x",
        "credentials:\n<<<<<<< HEAD\n  api_key: CANARY\n",
    ])
    func `a syntax error shows no secret`(lines: String) {
        let indented = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
        check("version: 1\nenvironments:\n  uat:\n\(indented)")
        check("version: 1\nenvironments:\n  uat:\n\(indented)  prod:\n    webhook_mode: 0\n")
    }

    @Test func `the message says to rotate what may have been a real key`() {
        for lines in [
            "credentials: pasted", "credentials: {api_key: pasted, server_hash: {env: A}}",
            "webhook_secrets: {t: pasted}",
        ] {
            let decoding = Decoding(environment: lines, url: "https://a.example/{t}")
            #expect(
                decoding.sentences.contains { $0.contains("if this was a real key, rotate it") },
                "\(lines)")
        }
        #expect(
            Decoding(environment: "", url: "https://u:p@a.example").sentences
                == [
                    "webhook_url holds user info (…@); leave it out; if this was a real key, rotate it"
                ])
    }

    @Test func `a redacted value is marked as a whole`() {
        #expect(
            Decoding(environment: "webhook_secrets: {t: pasted}", url: "\"https://a.example/{t}\"")
                .result.report.text == """
                    bankhook.yaml:7:26: error: webhook_secrets.t must be { env: NAME } or { file: PATH }, never the value itself; if this was a real key, rotate it
                        7 |     webhook_secrets: {t: <redacted>}
                          |                          ^~~~~~~~~~
                    1 error
                    """)
    }

    @Test func `what is no secret is shown`() {
        let text = Decoding(environment: "timeout: x # why\nflow: y").result.report.text
        #expect(text.contains("    7 |     timeout: x # why\n"))
        #expect(Decoding("version: 1\nenvironments: [a: b\n").result.report.text.contains(" | "))
    }
}
