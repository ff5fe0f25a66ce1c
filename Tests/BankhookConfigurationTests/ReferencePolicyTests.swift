import BankhookConfiguration
import BankhookModel
import SourceText
import Testing

/// Which variables and files a policy lets secrets be taken from.
@Suite struct ReferencePolicyTests {
    private func decode(_ configuration: String, path: String = "bankhook.yaml", policy: String?)
        -> Decoding
    {
        Decoding(
            result: ConfigurationLoader.decode(
                SourceFile(path: path, bytes: Array("version: 1\n\(configuration)\n".utf8)),
                policyFile: policy.map {
                    SourceFile(path: "p/policy.yaml", bytes: Array($0.utf8))
                }))
    }

    private func environment(_ key: String, _ secret: String = "{env: T}") -> String {
        "environments:\n  a:\n    webhook_url: 'https://a.example/{t}'\n    webhook_mode: 0\n"
            + "    credentials:\n      api_key: \(key)\n      server_hash: {env: H}\n"
            + "    webhook_secrets:\n      t: \(secret)"
    }

    @Test(arguments: [
        ("env: ['*']", "{env: KEY}", true), ("env: [KEY, H, T]", "{env: KEY}", true),
        ("env: ['K?Y', '[HT]']", "{env: KEY}", true), ("env: [key, H, T]", "{env: KEY}", false),
        ("env: [KE, H, T]", "{env: KEY}", false), ("env: [KEY_*, H, T]", "{env: KEY}", false),
        ("env: [H, T]", "{file: KEY}", true),
        ("files: []", "{env: KEY}", true), ("files: []", "{file: /k}", false),
        ("files: [/run/secrets]", "{file: /run/secrets/a/b}", true),
        ("files: [/run/secrets/]", "{file: /run//secrets/./a}", true),
        ("files: [/run/secrets]", "{file: /run/secrets2/a}", false),
        ("files: [/run/secrets]", "{file: /run/secrets/../key}", false),
        ("files: [/run/secrets]", "{file: /run/x/../secrets/key}", true),
        ("files: [/run/secrets]", "{file: run/secrets/key}", false),
        ("files: [/]", "{file: key}", true),
    ])
    func `a reference is allowed where the policy names it`(
        policy: String, key: String, isAllowed: Bool
    ) {
        let expected =
            isAllowed
            ? [] : [key.contains("env") ? "7:22 variable_not_allowed" : "7:23 file_not_allowed"]
        #expect(decode(environment(key), policy: policy).mistakes == expected)
    }

    @Test func `folders are relative to the file that holds the policy, as files are to theirs`() {
        let beside = environment("{file: ../p/keys/a}")
        #expect(decode(beside, path: "c/b.yaml", policy: "files: [keys]").mistakes == [])
        #expect(decode(beside, path: "c/b.yaml", policy: "files: ['.']").mistakes == [])
        #expect(
            decode(beside, path: "c/b.yaml", policy: "files: [../c]").mistakes
                == ["7:23 file_not_allowed"])
        let own = "policy: {files: [keys]}\n" + environment("{file: keys/a}")
        #expect(decode(own, path: "c/b.yaml", policy: nil).mistakes == [])
        #expect(
            decode(own.replacing("keys/a", with: "keys/../a"), path: "c/b.yaml", policy: nil)
                .mistakes == ["8:23 file_not_allowed"])
    }

    @Test func `a refusal names the policy's file and shows its rule, and quotes no reference`() {
        #expect(
            decode(environment("{env: CANARY}", "{file: CANARY}"), policy: "env: [H]\nfiles: [k]")
                .result.report.text == """
                    bankhook.yaml:7:22: error: credentials.api_key.env names a variable that policy.env does not allow; name an allowed one, or add it to the policy in p/policy.yaml
                        7 |       api_key: {env: <redacted>}
                          |                      ^~~~~~~~~~
                    p/policy.yaml:1:1: note: policy.env stands here
                        1 | env: [H]
                          | ^~~
                    bankhook.yaml:10:17: error: webhook_secrets.t.file names a file outside the folders of policy.files; paths are compared as written, without following links; name a file in one of the folders, or add its folder to the policy in p/policy.yaml
                       10 |       t: {file: <redacted>}
                          |                 ^~~~~~~~~~
                    p/policy.yaml:2:1: note: policy.files stands here
                        2 | files: [k]
                          | ^~~~~
                    2 errors
                    """)
    }

    @Test func `hosts that a policy file refuses name it too`() {
        let decoding = decode(
            environment("{env: K}").replacing(
                "webhook_mode: 0", with: "base_url: 'https://x.example'\n    webhook_mode: 0"),
            policy: "webhook_hosts: []\napi_hosts: [y.example]")
        #expect(
            decoding.sentences == [
                "policy.webhook_hosts does not allow a.example; use an allowed host, or add this one to the policy in p/policy.yaml",
                "base_url names x.example, which is no known BankConnect host; if it may be sent credentials, add it to policy.api_hosts in p/policy.yaml",
            ])
        #expect(
            decoding.result.report.sorted.flatMap(\.notes).map { "\($0.file.path) \($0.message)" }
                == [
                    "p/policy.yaml policy.webhook_hosts stands here",
                    "p/policy.yaml policy.api_hosts stands here",
                ])
    }

    @Test func `a default is judged after the environment's name is filled in, and told there`() {
        let text =
            "defaults: {webhook_mode: 0, webhook_url: 'https://a.example/', credentials: "
            + "{api_key: {env: '{ENVIRONMENT}_KEY'}, server_hash: {file: 's/{environment}/h'}}}\n"
            + "environments: {uat: {}, prod: {}, dev: {}}"
        #expect(
            decode(text, policy: "env: ['*_KEY']\nfiles: [../s]").mistakes == [])
        let refused = decode(text, policy: "env: [UAT_KEY]\nfiles: [../s/uat]")
        #expect(refused.mistakes == ["2:93 variable_not_allowed", "2:135 file_not_allowed"])
        #expect(
            refused.sentences.first?.hasPrefix(
                "credentials.api_key.env, filled in for 'prod', names a variable that") == true)
    }

    @Test func `a default that every environment overrides is not judged by the policy`() {
        let text =
            "defaults: {credentials: {api_key: {env: OTHER}}, ca_file: /anywhere.pem}\n"
            + environment("{env: K}")
        #expect(decode(text, policy: "env: [K, H, T]\nfiles: []").mistakes == [])
    }

    @Test func `the fields of a policy are shown in excerpts, and a pasted key is not`() {
        for (policy, isShown) in [
            ("env: ['A B']", true), ("files: ['', AB]", true), ("api_key: 'A B'", false),
            ("policy: {env: 'A B'}", true),
        ] {
            let text = decode(environment("{env: K}"), policy: policy).result.report.text
            #expect(text.contains("<redacted>") == !isShown, "\(text)")
        }
        let misplaced = Decoding(environment: "env: PASTED").everything
        #expect(!misplaced.contains("PASTED"))
    }
}
