import BankhookConfiguration
import BankhookModel
import SourceText
import Testing

@Suite struct EnvironmentTests {
    @Test func `the specification's example, without what this version refuses, is complete`()
        throws
    {
        let decoding = Decoding(
            """
            # yaml-language-server: $schema=./schema/bankhook.schema.json
            version: 1
            defaults:                       # any environment field; an environment's own value wins
              webhook_mode: net_banking
              credentials:
                api_key: { env: "BANKCONNECT_{ENVIRONMENT}_API_KEY" }
                server_hash: { env: "BANKCONNECT_{ENVIRONMENT}_SERVER_HASH" }
            policy:
              webhook_hosts: ["*.lender.example"]   # a webhook_url elsewhere is an error
              max_changes: 30%                      # or a count; more needs --allow max-changes
            state:
              directory: bankhook.state             # the default; relative to this file
            environments:
              uat:
                base_url: https://apis-uat.bankconnect.finbox.in
                webhook_url: https://uat.lender.example/bankconnect
                webhook_mode: net_banking_and_manual
              production:
                webhook_url: https://hooks.lender.example/bankconnect/{token}
                webhook_mode: 1
                webhook_secrets:
                  token: { env: BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN }
                credentials:
                  api_key: { file: /run/secrets/bankconnect/api_key }
                  server_hash: { file: secrets/server_hash }
                protected: true
                reassert_after: 7d
            """, path: "conf/bankhook.yaml")
        #expect(decoding.mistakes == [])
        let configuration = try #require(decoding.result.configuration)
        #expect(configuration.stateDirectory.path == "conf/bankhook.state")
        #expect(configuration.policy.maxChanges == .percentage(30))
        #expect(configuration.policy.webhookHosts?.map(\.text) == ["*.lender.example"])
        #expect(configuration.environments.map(\.name.text) == ["production", "uat"])
        let production = configuration.environments[0]
        #expect(production.registration.baseURL.canonical == BaseURL.production)
        #expect(production.registration.flow == .entity)
        #expect(production.registration.mode == .netBankingAndManual)
        #expect(
            production.registration.webhookURL.text
                == "https://hooks.lender.example/bankconnect/{token}")
        #expect(
            production.webhookSecrets == [
                "token": .variable("BANKCONNECT_PRODUCTION_WEBHOOK_TOKEN")
            ])
        let key = "/run/secrets/bankconnect/api_key"
        #expect(production.credentials.apiKey == .file(ReferencedPath(written: key, path: key)))
        #expect(
            production.credentials.serverHash
                == .file(
                    ReferencedPath(written: "secrets/server_hash", path: "conf/secrets/server_hash")
                ))
        #expect(production.isProtected)
        #expect(production.reassertAfter?.seconds == 604_800)
        #expect(production.timeout.seconds == 30)
        #expect(production.certificateAuthorityFile == nil)
        #expect(production.range.start == Position(line: 18, column: 3))
        let uat = configuration.environments[1]
        #expect(uat.registration.baseURL.canonical == "https://apis-uat.bankconnect.finbox.in")
        #expect(uat.credentials.apiKey == .variable("BANKCONNECT_UAT_API_KEY"))
        #expect(uat.credentials.serverHash == .variable("BANKCONNECT_UAT_SERVER_HASH"))
        #expect(!uat.isProtected)
        #expect(uat.reassertAfter == nil)
    }

    @Test(arguments: [
        ("net_banking", "", 0), ("0", "", 0), ("'net_banking'", "", 0),
        ("net_banking_and_manual", "", 1), ("1", "", 1),
        ("all", "flow: session", 3), ("3", "flow: session", 3), ("1", "flow: session", 1),
        ("0", "flow: entity", 0),
    ])
    func `each spelling of a mode is accepted`(mode: String, flow: String, value: Int) {
        #expect(
            Decoding(environment: flow, mode: mode).environment?.registration.mode.rawValue == value
        )
    }

    @Test(arguments: [
        "\"0\"", "'1'", "01", "0x1", "0o1", "1.0", "+1", "-0", "true", "2", "4", "manual",
        "NET_BANKING", "off", "''",
        "1" + String(repeating: "0", count: 400), "all", "3", "1e0", "net-banking",
    ])
    func `any other spelling of the mode is refused`(mode: String) {
        #expect(Decoding(environment: "", mode: mode).mistakes == ["5:19 unknown_webhook_mode"])
    }

    @Test(arguments: [
        (
            "manual",
            "unknown webhook_mode 'manual'; use net_banking (0) or net_banking_and_manual (1)"
        ),
        ("\"1\"", "unknown webhook_mode '1'; write the number without quotes"),
        (
            "all",
            "unknown webhook_mode 'all' (all is for flow: session); use net_banking (0) or net_banking_and_manual (1)"
        ),
    ])
    func `the words say which modes there are`(mode: String, sentence: String) {
        #expect(Decoding(environment: "", mode: mode).sentences == [sentence])
    }

    @Test func `a wrong flow does not hide a wrong mode`() {
        #expect(
            Decoding(environment: "flow: x", mode: "manual").mistakes
                == ["5:19 unknown_webhook_mode", "7:11 unknown_flow"])
    }

    @Test(arguments: [
        ("flow: x", "7:11 unknown_flow"), ("flow: [x]", "7:11 wrong_type"),
        ("flow: ENTITY", "7:11 unknown_flow"),
        ("protected: yes", "7:16 wrong_type"), ("protected: \"true\"", "7:16 wrong_type"),
        ("protected: 1", "7:16 wrong_type"),
        ("timeout: 0s", "7:14 invalid_duration"), ("timeout: 601s", "7:14 out_of_range"),
        ("timeout: 11m", "7:14 out_of_range"),
        ("timeout: 1h", "7:14 out_of_range"), ("timeout: 30", "7:14 invalid_duration"),
        ("timeout: {}", "7:14 wrong_type"),
        ("timeout: never", "7:14 invalid_duration"),
        ("reassert_after: soon", "7:21 invalid_duration"),
        ("reassert_after: off", "7:21 invalid_duration"),
        ("reassert_after: [7d]", "7:21 wrong_type"),
        ("ca_file: ''", "7:14 wrong_type"), ("ca_file: 5", "7:14 wrong_type"),
        ("ca_file: '{environment}.pem'", "7:14 unknown_placeholder"),
        ("base_url: apis.bankconnect.finbox.in", "7:15 invalid_url"),
        ("base_url: http://apis.bankconnect.finbox.in", "7:15 invalid_url"),
        ("base_url: https://apis.bankconnect.finbox.in/v1", "7:15 invalid_url"),
        ("base_url: https://proxy.example", "7:15 api_host_not_allowed"),
        ("base_url: 5", "7:15 wrong_type"),
        ("base_url: 'https://{environment}.example'", "7:15 unknown_placeholder"),
        ("base_url: ''", "7:15 invalid_url"),
        ("flow: null", "7:11 null_value"), ("flow: ~", "7:11 null_value"),
        ("protected:", "7:15 null_value"),
        ("timeout: NULL", "7:14 null_value"), ("reassert_after: null", "7:21 null_value"),
        ("ca_file: null", "7:14 null_value"),
        ("base_url: null", "7:15 null_value"), ("webhook_secrets: null", "7:22 null_value"),
        ("probe: on", "7:12 unknown_probe"), ("probe: null", "7:12 null_value"),
        ("probe: false", "7:12 wrong_type"), ("probe: Require", "7:12 unknown_probe"),
        ("probe: [warn]", "7:12 wrong_type"), ("probe_headers: null", "7:20 null_value"),
        ("probe_headers: x-key", "7:20 literal_secret"),
        ("probe_headers: {x-key: {env: a-b}}", "7:34 secret_reference"),
        ("probe_headers: {x-key: value}", "7:28 literal_secret"),
        ("probe_headers: {'x key': {env: A}}", "7:21 invalid_header_name"),
        ("probe_headers: {'': {env: A}}", "7:21 invalid_header_name"),
        ("probe_headers: {Content-Type: {env: A}}", "7:21 reserved_header"),
        ("probe_headers: {HOST: {env: A}}", "7:21 reserved_header"),
        ("probe_headers: {x-bankhook-probe: {env: A}}", "7:21 reserved_header"),
        ("probe_headers: {x-key: {env: A}, X-Key: {env: B}}", "7:38 header_twice"),
        ("color: red", "7:5 unknown_key"), ("webhook_uri: x", "7:5 unknown_key"),
        ("Timeout: 1s", "7:5 unknown_key"),
        ("webhook_secrets: {}\nwebhook_secrets: {}", "8:5 duplicate_key"),
        ("timeout: !x 1s", "7:14 yaml_tag"),
        ("webhook_secrets: {token: {env: T}}", "7:23 unused_secret"),
        ("webhook_secrets: {Token: {env: T}}", "7:23 invalid_placeholder_name"),
        ("webhook_secrets: {environment: {env: T}}", "7:23 invalid_placeholder_name"),
        ("webhook_secrets: [a]", "7:22 literal_secret"),
        ("webhook_secrets: x", "7:22 literal_secret"),
    ])
    func `a wrong value is refused at its place`(lines: String, mistake: String) {
        let decoding = Decoding(environment: lines)
        #expect(decoding.mistakes == [mistake])
        #expect(decoding.result.configuration == nil)
    }

    @Test(arguments: [
        ("webhook_url", "4:18", "name the URL that BankConnect must call"),
        (
            "webhook_mode", "5:19",
            "it is never assumed: use net_banking (0) or net_banking_and_manual (1)"
        ),
    ])
    func `a null is never taken for a default`(field: String, place: String, hint: String) {
        let decoding =
            field == "webhook_url"
            ? Decoding(environment: "", url: "null") : Decoding(environment: "", mode: "null")
        #expect(decoding.mistakes == ["\(place) null_value"])
        #expect(decoding.sentences == ["'\(field)' is null; \(hint)"])
    }

    @Test(arguments: [
        ("reassert_after", "never"), ("ca_file", "none"), ("protected", "false"), ("probe", "off"),
    ])
    func `a null names the word that switches the field off, and that word does`(
        field: String, word: String
    ) {
        #expect(
            Decoding(environment: "\(field): null").sentences
                == ["'\(field)' is null; write '\(word)' to switch it off"])
        let environment = Decoding(
            environment: "\(field): \(word)",
            top:
                "defaults: {reassert_after: 7d, ca_file: roots.pem, protected: true, probe: warn}\n"
        ).environment
        #expect(environment.map { $0.reassertAfter == nil } == (field == "reassert_after"))
        #expect(environment.map { $0.certificateAuthorityFile == nil } == (field == "ca_file"))
        #expect(environment.map { !$0.isProtected } == (field == "protected"))
        #expect(environment?.probe == (field == "probe" ? .off : .warn))
    }

    @Test(arguments: ProbeMode.allCases)
    func `every way to probe has its word`(mode: ProbeMode) {
        #expect(Decoding(environment: "probe: \(mode.rawValue)").environment?.probe == mode)
    }

    @Test func `without a word nothing is probed`() {
        let environment = Decoding(environment: "").environment
        #expect(environment?.probe == .off)
        #expect(environment?.probeHeaders == [:])
    }

    @Test func `headers of probes merge by name, whatever their letters`() {
        let environment = Decoding(
            environment: "probe_headers: {X-Key: {env: OWN}}",
            top: "defaults: {probe_headers: {x-key: {env: DEFAULT}, x-other: "
                + "{env: 'OTHER_{ENVIRONMENT}'}}}\n"
        ).environment
        #expect(
            environment?.probeHeaders == [
                "X-Key": .variable("OWN"), "x-other": .variable("OTHER_UAT"),
            ])
    }

    @Test(arguments: [("1s", 1), ("10m", 600), ("600s", 600), ("45s", 45)])
    func `a timeout lies between 1s and 10m`(text: String, seconds: Int) {
        #expect(Decoding(environment: "timeout: \(text)").environment?.timeout.seconds == seconds)
    }

    @Test func `what is missing is reported at the environment's key`() {
        let decoding = Decoding("version: 1\nenvironments:\n  uat: {}\n")
        #expect(decoding.mistakes == Array(repeating: "3:3 missing_field", count: 4))
        #expect(
            decoding.sentences == [
                "environment 'uat' has no 'credentials.api_key'; write { env: NAME } or { file: PATH }",
                "environment 'uat' has no 'credentials.server_hash'; write { env: NAME } or { file: PATH }",
                "environment 'uat' has no 'webhook_mode'; it is never assumed: use net_banking (0) or net_banking_and_manual (1)",
                "environment 'uat' has no 'webhook_url'; name the URL that BankConnect must call",
            ])
    }

    @Test func `a key with a suggestion counts as that key`() {
        let decoding = Decoding(
            """
            version: 1
            environments:
              uat:
                webook_url: x
                webhookmode: 0
                credentials: {api-key: {env: A}, serverhash: {env: B}}
              prod:
                webhook_url: https://a.example/
                webhook_mode: 0
                credential: {api_key: {env: A}, server_hash: {env: B}}
            """)
        #expect(
            decoding.mistakes
                == [
                    "4:5 unknown_key", "5:5 unknown_key", "6:19 unknown_key", "6:38 unknown_key",
                    "10:5 unknown_key",
                ])
    }

    @Test(arguments: [
        ("{api_key: {env: A}, server_hash: {env: B}, x: y}", "6:61 unknown_key"),
        ("{api_key: {env: A}}", "3:3 missing_field"),
        ("{api_key: {}, server_hash: {env: B}}", "6:28 secret_reference"),
        ("{api_key: {env: A, file: B}, server_hash: {env: B}}", "6:28 secret_reference"),
        ("{api_key: {env: A-B}, server_hash: {env: B}}", "6:34 secret_reference"),
        ("{api_key: {env: 1A}, server_hash: {env: B}}", "6:34 secret_reference"),
        ("{api_key: {env: ''}, server_hash: {env: B}}", "6:34 secret_reference"),
        ("{api_key: {env: 5}, server_hash: {env: B}}", "6:34 wrong_type"),
        ("{api_key: {env: null}, server_hash: {env: B}}", "6:34 null_value"),
        ("{api_key: {file: ''}, server_hash: {env: B}}", "6:35 secret_reference"),
        ("{api_key: {exec: x}, server_hash: {env: B}}", "6:29 unknown_key"),
        ("{api_key: null, server_hash: {env: B}}", "6:28 null_value"),
        ("{api_key: pasted, server_hash: {env: B}}", "6:28 literal_secret"),
        ("{api_key: [A], server_hash: {env: B}}", "6:28 literal_secret"),
        ("{api_key: {env: '{environment}'}, server_hash: {env: B}}", "6:34 unknown_placeholder"),
        ("null", "6:18 null_value"), ("pasted", "6:18 literal_secret"),
        ("[pasted]", "6:18 literal_secret"),
    ])
    func `credentials are references and nothing else`(credentials: String, mistake: String) {
        let decoding = Decoding(
            """
            version: 1
            environments:
              uat:
                webhook_url: https://a.example/
                webhook_mode: 0
                credentials: \(credentials)
            """)
        #expect(decoding.mistakes == [mistake])
    }

    @Test func `an alias and a merge key are what they stand for`() {
        let decoding = Decoding(
            """
            version: 1
            x-base: &base
              webhook_mode: 1
              credentials: &keys {api_key: {env: A}, server_hash: {env: B}}
            environments:
              a: {<<: *base, webhook_url: https://a.example/}
              b: {webhook_mode: 0, webhook_url: https://b.example/, credentials: *keys}
            """)
        #expect(decoding.mistakes == [])
        #expect(
            decoding.result.configuration?.environments.map(\.registration.mode.rawValue) == [1, 0])
    }

    @Test func `a BOM and CRLF change nothing`() {
        let text = "\u{FEFF}version: 1\r\nenvironments:\r\n  a:\r\n    webhook_mode: x\r\n"
        #expect(Decoding(text).mistakes.last == "4:19 unknown_webhook_mode")
    }
}
