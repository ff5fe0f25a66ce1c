import BankhookConfiguration
import BankhookModel
import Testing

@Suite struct DefaultsTests {
    private let keys = "credentials: {api_key: {env: A}, server_hash: {env: B}}"

    @Test func `defaults merge leaf by leaf, and an environment's own value wins`() throws {
        let decoding = Decoding(
            """
            version: 1
            defaults:
              base_url: https://apis-uat.bankconnect.finbox.in
              flow: session
              webhook_mode: all
              webhook_url: https://{environment}.lender.example/{one}/{two}
              webhook_secrets: {one: {env: "ONE_{ENVIRONMENT}"}, two: {file: "s/{environment}/two"}}
              credentials: {api_key: {env: "KEY_{ENVIRONMENT}"}, server_hash: {env: HASH}}
              protected: true
              reassert_after: 7d
              timeout: 1m
              ca_file: "{environment}.pem"
            environments:
              eu-1: {}
              us:
                credentials: {api_key: {file: own}}
                webhook_secrets: {one: {env: OWN}}
                timeout: 2m
            """, path: "c/b.yaml")
        #expect(decoding.mistakes == [])
        let environments = try #require(decoding.result.configuration?.environments)
        let (eu, us) = (environments[0], environments[1])
        #expect(eu.registration.webhookURL.text == "https://eu-1.lender.example/{one}/{two}")
        #expect(eu.registration.mode == .all)
        #expect(eu.registration.flow == .session)
        #expect(eu.registration.baseURL.canonical == "https://apis-uat.bankconnect.finbox.in")
        #expect(eu.credentials.apiKey == .variable("KEY_EU_1"))
        #expect(eu.webhookSecrets["one"] == .variable("ONE_EU_1"))
        #expect(
            eu.webhookSecrets["two"]
                == .file(ReferencedPath(written: "s/eu-1/two", path: "c/s/eu-1/two")))
        #expect(eu.certificateAuthorityFile?.path == "c/eu-1.pem")
        #expect(eu.timeout.seconds == 60)
        #expect(us.credentials.apiKey == .file(ReferencedPath(written: "own", path: "c/own")))
        #expect(us.credentials.serverHash == .variable("HASH"))
        #expect(us.webhookSecrets.keys.sorted() == ["one", "two"])
        #expect(us.webhookSecrets["one"] == .variable("OWN"))
        #expect(us.timeout.seconds == 120)
        #expect(us.isProtected)
    }

    @Test(arguments: [
        // The secret that fills the URL is each environment's own.
        "defaults: {webhook_mode: 0, webhook_url: 'https://a.example/{token}', K}\n"
            + "environments: {a: {webhook_secrets: {token: {env: A}}}, b: {webhook_secrets: {token: {env: B}}}}",
        // The mode fits the flow that the environments choose.
        "defaults: {webhook_mode: all, webhook_url: 'https://a.example/', K}\n"
            + "environments: {a: {flow: session}}",
        "defaults: {flow: session, webhook_mode: 3, webhook_url: 'https://a.example/', K}\n"
            + "environments: {a: {}, b: {flow: entity, webhook_mode: 0}}",
        // The URL fits the base URL that the environments choose.
        "defaults: {webhook_mode: 0, webhook_url: 'http://localhost:9000/', K}\n"
            + "environments: {a: {base_url: 'http://localhost:8585'}}",
        // The policy admits the hosts of the environments that there are.
        "policy: {webhook_hosts: [uat.example, prod.example]}\n"
            + "defaults: {webhook_mode: 0, webhook_url: 'https://{environment}.example/', K}\n"
            + "environments: {uat: {}, prod: {}}",
        "policy: {api_hosts: [uat.example]}\n"
            + "defaults: {base_url: 'https://{environment}.example', webhook_mode: 0, webhook_url: 'https://a.example/', K}\n"
            + "environments: {uat: {}}",
    ])
    func `defaults are not judged by what an environment decides`(text: String) {
        let decoding = Decoding("version: 1\n" + text.replacing("K}", with: "\(keys)}"))
        #expect(decoding.sentences == [])
        #expect(decoding.result.configuration != nil)
    }

    @Test(arguments: [
        ("webhook_mode: manual", "2:26 unknown_webhook_mode"),
        ("timeout: 0s", "2:21 invalid_duration"),
        ("webhook_url: 'https://a b.example/'", "2:25 invalid_url"),
        ("base_url: nowhere", "2:22 invalid_url"),
        ("webhook_secrets: {token: {env: a-b}}", "2:43 secret_reference"),
        ("probe: ask", "2:19 unknown_probe"),
        ("probe_headers: {x-key: {env: a-b}}", "2:41 secret_reference"),
        ("flow: x", "2:18 unknown_flow"), ("credentials: {api_key: pasted}", "2:35 literal_secret"),
        ("ca_file: '{x}'", "2:21 unknown_placeholder"),
    ])
    func `a default that every environment overrides is checked all the same`(
        line: String, mistake: String
    ) {
        let own =
            "{webhook_mode: 0, timeout: 1s, webhook_url: 'https://a.example/{token}', flow: entity, ca_file: none, "
            + "base_url: 'https://apis.bankconnect.finbox.in', webhook_secrets: {token: {env: T}}, \(keys)}"
        let decoding = Decoding("version: 1\ndefaults: {\(line)}\nenvironments: {a: \(own)}\n")
        #expect(decoding.mistakes == [mistake])
    }

    @Test func `a default secret that no environment uses is a mistake, one that some use is none`()
    {
        let text =
            "version: 1\ndefaults: {webhook_mode: 0, \(keys), webhook_secrets: {one: {env: A}, two: {env: B}}}\n"
            + "environments: {a: {webhook_url: 'https://a.example/{one}'}, b: {webhook_url: 'https://a.example/'}}"
        let decoding = Decoding(text)
        #expect(
            decoding.sentences == [
                "webhook_secrets.two in 'defaults' is used by no environment; leave it out"
            ])
    }

    @Test func `where a URL is unusable, nothing is called unused`() {
        let text =
            "version: 1\ndefaults: {webhook_mode: 0, \(keys), webhook_secrets: {one: {env: A}}}\n"
            + "environments: {a: {webhook_url: 'https://a example/{one}'}}"
        #expect(Decoding(text).mistakes == ["3:33 invalid_url"])
    }

    @Test(arguments: [
        (
            "https://a.example/{environment}",
            "webhook_url holds {environment}, which no webhook_secrets fills; only strings in 'defaults' may hold {environment} and {ENVIRONMENT}"
        ),
        (
            "https://a.example/{ENVIRONMENT}",
            "webhook_url holds {ENVIRONMENT}; only strings in 'defaults' may hold {environment} and {ENVIRONMENT}"
        ),
        (
            "https://a.example/{token}",
            "webhook_url holds {token}, which no webhook_secrets fills; declare webhook_secrets.token"
        ),
    ])
    func `a placeholder that nothing fills is marked at the string that holds it`(
        url: String, sentence: String
    ) {
        let decoding = Decoding(environment: "", url: "\"\(url)\"")
        #expect(decoding.mistakes == ["4:18 unknown_placeholder"])
        #expect(decoding.sentences == [sentence])
    }

    @Test func `each placeholder that nothing fills is a mistake`() {
        let decoding = Decoding(environment: "", url: "\"https://a.example/{a}/{b}\"")
        #expect(decoding.mistakes == ["4:18 unknown_placeholder", "4:18 unknown_placeholder"])
    }

    @Test func `an unfilled default names the environment that lacks the secret`() {
        let text =
            "version: 1\ndefaults: {webhook_mode: 0, \(keys), webhook_url: 'https://a.example/{t}'}\n"
            + "environments: {a: {webhook_secrets: {t: {env: T}}}, b: {}}"
        #expect(
            Decoding(text).sentences
                == [
                    "webhook_url holds {t}, which no webhook_secrets of 'b' fills; declare webhook_secrets.t"
                ])
    }

    @Test func `every own secret is checked, also where the URL is unusable`() {
        let decoding = Decoding(environment: "webhook_secrets: {t: pasted}", url: "nowhere")
        #expect(decoding.mistakes == ["4:18 invalid_url", "7:26 literal_secret"])
    }
}
