import BankhookConfiguration
import BankhookModel
import Testing

@Suite struct PolicyTests {
    @Test(
        arguments: [
            ("webhook_hosts: ['*.lender.example']", []),
            ("webhook_hosts: []", ["4:20 webhook_host_not_allowed"]),
            ("webhook_hosts: [lender.example]", ["4:20 webhook_host_not_allowed"]),
            ("webhook_hosts: [HOOKS.lender.example]", []),
            ("webhook_hosts: ['*.other.example', hooks.lender.example]", []),
            ("max_changes: 5", []), ("max_changes: 30%", []), ("max_changes: '30%'", []),
            ("max_changes: 0", []),
            ("api_hosts: [a.example]", []),
        ] as [(String, [String])])
    func `a policy is judged as it is written`(line: String, mistakes: [String]) {
        #expect(Decoding(environment: "", top: "").mistakes == [])
        let decoding = Decoding(environment: "")
        #expect(decoding.mistakes == [])
        let judged = Decoding(text(line))
        #expect(judged.mistakes == mistakes)
    }

    private func text(_ line: String) -> String {
        "version: 1\npolicy: {\(line)}\nenvironments:\n"
            + "  a: {webhook_url: 'https://hooks.lender.example/', webhook_mode: 0, "
            + "credentials: {api_key: {env: A}, server_hash: {env: B}}}\n"
    }

    @Test(arguments: [
        ("webhook_hosts: x", "2:25 wrong_type"), ("webhook_hosts: {}", "2:25 wrong_type"),
        ("webhook_hosts: null", "2:25 null_value"),
        ("webhook_hosts: [null]", "2:26 wrong_type"), ("webhook_hosts: [[a]]", "2:26 wrong_type"),
        ("webhook_hosts: ['https://a.example']", "2:26 invalid_host_pattern"),
        ("webhook_hosts: ['a.example:443']", "2:26 invalid_host_pattern"),
        ("webhook_hosts: ['*']", "2:26 invalid_host_pattern"),
        ("api_hosts: ['*.a.example']", "2:22 invalid_host_pattern"),
        ("api_hosts: a.example", "2:21 wrong_type"),
        ("max_changes: '5'", "2:23 invalid_max_changes"),
        ("max_changes: 101%", "2:23 invalid_max_changes"),
        ("max_changes: -1", "2:23 invalid_max_changes"),
        ("max_changes: 1.5", "2:23 invalid_max_changes"),
        ("max_changes: [5]", "2:23 invalid_max_changes"), ("max_changes: null", "2:23 null_value"),
        ("env: 'A*'", "2:15 wrong_type"), ("env: null", "2:15 null_value"),
        ("env: [5]", "2:16 wrong_type"), ("env: ['A-B*', 'A B']", "2:24 invalid_variable_pattern"),
        ("env: ['{ENVIRONMENT}_KEY']", "2:16 invalid_variable_pattern"),
        ("env: ['']", "2:16 invalid_variable_pattern"),
        ("env: ['A.*']", "2:16 invalid_variable_pattern"),
        ("env: ['\(String(repeating: "A", count: 256))']", "2:16 invalid_variable_pattern"),
        ("files: /run", "2:17 wrong_type"), ("files: null", "2:17 null_value"),
        ("files: ['']", "2:18 invalid_path"), ("files: ['s/{environment}']", "2:18 invalid_path"),
        ("files: [~]", "2:18 wrong_type"),
        ("history: always", "2:19 invalid_history"), ("history: true", "2:19 invalid_history"),
        ("history: ~", "2:19 null_value"),
        ("hosts: []", "2:10 unknown_key"), ("webhook_host: []", "2:10 unknown_key"),
    ])
    func `a mistake in the policy is reported, and nothing judged by it`(
        line: String, mistake: String
    ) {
        #expect(Decoding(text(line)).mistakes == [mistake])
    }

    @Test func `an API host that the policy admits may be sent credentials`() {
        let top = "policy: {api_hosts: [Proxy.example]}\n"
        let line = "base_url: https://proxy.example:8443"
        #expect(Decoding(environment: line, top: top).mistakes == [])
        #expect(Decoding(environment: line).mistakes == ["7:15 api_host_not_allowed"])
        #expect(
            Decoding(environment: "base_url: https://x.proxy.example", top: top).mistakes == [
                "8:15 api_host_not_allowed"
            ])
    }

    @Test(arguments: ["policy: []", "policy:", "policy: x", "polcy: {api_hosts: [proxy.example]}"])
    func `a policy that is unusable is one mistake`(line: String) {
        let decoding = Decoding(environment: "base_url: https://proxy.example", top: "\(line)\n")
        #expect(decoding.mistakes.count == 1)
        #expect(decoding.mistakes.first?.hasPrefix("2:") == true)
    }
}
