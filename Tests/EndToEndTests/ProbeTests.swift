import JSONSyntax
import TestSupport
import Testing

/// `bankhook probe`, and probes inside apply.
@Suite struct ProbeTests {
    private static let token = "canary-0123456789abcdef"

    // MARK: The command

    @Test func `a good endpoint is one line that claims no more than it saw`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                let result = try await workspace.run("probe", "--url", server.baseURL + "/hook")
                #expect(result.status == 0)
                #expect(
                    result.output.hasPrefix(
                        "\(server.baseURL): answered 200 from this machine in "))
                #expect(result.output.hasSuffix(" ms\n"))
                #expect(result.error.isEmpty)
            }
            #expect(server.requests.map { $0.header("x-bankhook-probe") } == ["1"])
        }
    }

    @Test func `environments need the secrets of their URLs and no credentials`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [
                        .init(
                            name: "uat", url: "\(server.baseURL)/{token}",
                            more: [
                                "webhook_secrets: { token: { env: TOKEN } }",
                                "probe_headers: { x-secret-key: { env: PROBE } }",
                            ])
                    ], baseURL: "http://127.0.0.1:1")
                workspace.variables = [:]
                let missing = try await workspace.run("probe")
                #expect(missing.status == 1)
                #expect(missing.error.contains("uat: webhook_secrets.token: env TOKEN is not set"))
                #expect(missing.error.contains("uat: probe_headers.x-secret-key: env PROBE"))
                #expect(server.requestsStarted == 0)
                workspace.variables = ["TOKEN": Self.token, "PROBE": "probe-canary"]
                let result = try await workspace.run("probe", "uat")
                #expect(result.status == 0)
                #expect(!(result.output + result.error).contains("canary"))
                let request = try #require(server.requests.first)
                #expect(request.path == "/\(Self.token)")
                #expect(request.header("x-secret-key") == "probe-canary")
            }
        }
    }

    @Test func `one that fails ends with 3 and says what to do, also as data`() async throws {
        let script = Script { $0.path == "/good" ? .respond(200) : .respond(202) }
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [
                        .init(name: "bad", url: "\(server.baseURL)/bad"),
                        .init(name: "good", url: "\(server.baseURL)/good"),
                    ], baseURL: "http://127.0.0.1:1")
                let text = try await workspace.run("probe")
                #expect(text.status == 3)
                #expect(text.output.contains("bad: failed: answered 202 in "))
                #expect(text.output.contains("    202 says that the work is not done, and "))
                #expect(
                    text.output.hasSuffix("Probe: 1 answered 200 from this machine, 1 failed.\n"))
                #expect(try await workspace.run("probe", "good").status == 0)
                let json = try await workspace.run("probe", "--format", "json")
                #expect(json.status == 3)
                let data = try json.json
                #expect(data["format_version"] == .integer(1))
                #expect(data["summary"] == ["answered_200": .integer(1), "failed": .integer(1)])
                guard case .array(let probes)? = data["probes"] else {
                    Issue.record("no probes")
                    return
                }
                #expect(probes.map { $0["environment"] } == ["bad", "good"])
                #expect(probes.map { $0["outcome"] } == ["failed", "answered_200"])
                #expect(probes.map { $0["status"] } == [.integer(202), .integer(200)])
                #expect(probes[0]["error"]?["code"] == "answer_status")
                #expect(probes[1]["error"] == .null)
                #expect(probes[1]["certificate_days"] == .null)
            }
        }
    }

    @Test func `all shapes of each flow are sent`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [
                        .init(name: "entity", url: server.baseURL + "/e"),
                        .init(
                            name: "session", url: server.baseURL + "/s", more: ["flow: session"]),
                    ], baseURL: "http://127.0.0.1:1")
                let result = try await workspace.run("probe", "--all-shapes")
                #expect(result.status == 0)
                #expect(result.output.contains("entity, completed without link: answered 200"))
                #expect(result.output.contains("session, session expiry: answered 200"))
                #expect(server.requests.count { $0.path == "/e" } == 4)
                #expect(server.requests.count { $0.path == "/s" } == 3)
            }
        }
    }

    @Test func `over TLS the days of the certificate are told, and a flaw is a failure`()
        async throws
    {
        let authority = try TestCertificateAuthority()
        for flaw in [nil, CertificateFlaw.expired] {
            let tls = TLSSetup(identity: try authority.issue(flaw))
            try await withHostileServer(tls: tls, script: [.respond(200)]) { server in
                try await Workspace.with { workspace in
                    try workspace.write("roots.pem", authority.caPEM)
                    workspace.variables["SSL_CERT_FILE"] = workspace.path("roots.pem")
                    let result = try await workspace.run("probe", "--url", server.baseURL)
                    #expect(result.status == (flaw == nil ? 0 : 3))
                    #expect(
                        result.output.contains(
                            flaw == nil
                                ? "; certificate ends in 1 day (renew it)"
                                : "failed: no TLS with \(server.baseURL): the certificate"))
                }
                #expect(flaw == nil || server.bytesReceived == 0)
            }
        }
    }

    @Test func `an unknown name is an error, and nothing is sent`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat", url: server.baseURL)], baseURL: "http://127.0.0.1:1")
                let result = try await workspace.run("probe", "uat", "prod")
                #expect(result.status == 1)
                #expect(result.error.contains("no environment is named 'prod'"))
                #expect(result.error.contains("declared: uat"))
                #expect(server.requestsStarted == 0)
            }
        }
    }

    @Test(arguments: [
        "https://user:canary@hooks.lender.example/", "http://hooks.lender.example/canary",
        "canary", "https://hooks.lender.example/\u{1B}canary",
        "https://hooks.lender.example/#canary",
    ])
    func `a URL that cannot be called is 64, and is not repeated`(url: String) async throws {
        try await Workspace.with { workspace in
            let result = try await workspace.run("probe", "--url", url)
            #expect(result.status == 64)
            #expect(result.error.hasPrefix("error: the URL of --url "))
            #expect(!result.error.contains("canary"))
        }
    }

    // MARK: Inside apply

    @Test(arguments: [[], ["--allow", "probe"]])
    func `a required probe stands between the plan and the registration`(allowed: [String])
        async throws
    {
        try await EmulatorProcess.with { emulator in
            try await withHostileServer(script: [.respond(201)]) { server in
                try await Workspace.with { workspace in
                    try workspace.configure(
                        [.init(name: "uat", url: server.baseURL, more: ["probe: require"])],
                        baseURL: emulator.baseURL)
                    let result = try await Bankhook.run(
                        ["apply", "--auto-approve", "--format", "json"] + allowed,
                        in: workspace.directory, variables: workspace.variables)
                    let applied = ApplyResult(result: result)
                    #expect(server.requests.count == 1)
                    #expect(result.status == (allowed.isEmpty ? 3 : 0))
                    let requests = try await emulator.list("requests")
                    if allowed.isEmpty {
                        #expect(try applied.word("uat") == "failed")
                        #expect(try applied.outcome("uat")["error"]?["code"] == "probe_failed")
                        #expect(requests.isEmpty)
                        #expect(try workspace.record("uat") == nil)
                    } else {
                        #expect(try applied.word("uat") == "applied")
                        #expect(requests.count == 1)
                        guard case .array(let warnings)? = try result.json["warnings"] else {
                            Issue.record("no warnings")
                            return
                        }
                        #expect(warnings.map { $0["code"] } == ["probe_failed"])
                        #expect(
                            result.error.contains("warning: uat: its probe failed: answered 201"))
                    }
                }
            }
        }
    }

    @Test func `a probe that only warns stops nothing, and one that passes says nothing`()
        async throws
    {
        try await EmulatorProcess.with { emulator in
            let script = Script { $0.path == "/good" ? .respond(200) : .respond(500) }
            try await withHostileServer(script: script) { server in
                try await Workspace.with { workspace in
                    try workspace.configure(
                        [
                            .init(name: "bad", url: server.baseURL + "/bad", more: ["probe: warn"]),
                            .init(
                                name: "good", url: server.baseURL + "/good",
                                more: ["probe: require"]),
                        ], baseURL: emulator.baseURL)
                    let first = try await workspace.run("apply", "--auto-approve")
                    #expect(first.status == 0)
                    #expect(first.error.contains("warning: bad: its probe failed: answered 500"))
                    #expect(!first.error.contains("warning: good"))
                    // Nothing is probed where nothing is registered.
                    let count = server.requests.count
                    #expect(try await workspace.apply().result.status == 0)
                    #expect(try await workspace.apply("--reassert").result.status == 0)
                    #expect(server.requests.count == count)
                }
            }
        }
    }

    @Test func `a saved plan is probed too, and may allow a failure`() async throws {
        try await EmulatorProcess.with { emulator in
            try await withHostileServer(script: [.respond(404)]) { server in
                try await Workspace.with { workspace in
                    try workspace.configure(
                        [.init(name: "uat", url: server.baseURL, more: ["probe: require"])],
                        baseURL: emulator.baseURL)
                    #expect(try await workspace.run("plan", "--out", "plan.json").status == 0)
                    #expect(server.requestsStarted == 0)
                    #expect(try await workspace.run("apply", "plan.json").status == 3)
                    #expect(try await emulator.list("requests").isEmpty)
                    let saving = try await workspace.run(
                        "plan", "--out", "allowed.json", "--allow", "probe")
                    #expect(saving.status == 0)
                    #expect(try await workspace.run("apply", "allowed.json").status == 0)
                }
            }
        }
    }

    @Test func `headers that are not at hand stop an apply before anything is sent`() async throws {
        try await EmulatorProcess.with { emulator in
            try await withHostileServer(script: [.respond(200)]) { server in
                try await Workspace.with { workspace in
                    try workspace.configure(
                        [
                            .init(
                                name: "uat", url: server.baseURL,
                                more: ["probe: warn", "probe_headers: { x-key: { env: NONE } }"])
                        ], baseURL: emulator.baseURL)
                    let result = try await workspace.run("apply", "--auto-approve")
                    #expect(result.status == 1)
                    #expect(result.error.contains("uat: probe_headers.x-key: env NONE is not set"))
                    #expect(server.requestsStarted == 0)
                    #expect(try await emulator.list("requests").isEmpty)
                    // No probe sends them where none is made.
                    try workspace.configure(
                        [
                            .init(
                                name: "uat", url: server.baseURL,
                                more: ["probe_headers: { x-key: { env: NONE } }"])
                        ], baseURL: emulator.baseURL)
                    #expect(try await workspace.run("apply", "--auto-approve").status == 0)
                }
            }
        }
    }

    @Test func `no output replaces the file of a header`() async throws {
        try await Workspace.with { workspace in
            try workspace.write("key", "canary-of-a-probe")
            try workspace.configure(
                [.init(name: "uat", more: ["probe_headers: { x-key: { file: key } }"])],
                baseURL: "http://127.0.0.1:1")
            let result = try await workspace.run("plan", "--out-json", "key")
            #expect(result.status == 1)
            #expect(try workspace.read("key") == "canary-of-a-probe")
        }
    }

    @Test func `in a git store nothing is pushed for what a probe stopped`() async throws {
        try await EmulatorProcess.with { emulator in
            let script = Script { $0.path == "/good" ? .respond(200) : .respond(503) }
            try await withHostileServer(script: script) { server in
                try await Workspace.with { workspace in
                    let remote = try await GitRepository(at: workspace.directory)
                    try await remote.git("init", "--quiet", "--bare", "remote.git")
                    try await remote.git("remote", "add", "origin", workspace.path("remote.git"))
                    try workspace.configure(
                        [
                            .init(
                                name: "bad", url: server.baseURL + "/bad", more: ["probe: require"]
                            ),
                            .init(
                                name: "good", url: server.baseURL + "/good",
                                more: ["probe: require"]),
                        ], baseURL: emulator.baseURL,
                        state: ["state: { git: { remote: origin, branch: bankhook-state } }"])
                    workspace.variables.merge(GitRepository.variables) { $1 }
                    #expect(try await workspace.run("state", "init").status == 0)
                    let applied = try await workspace.apply()
                    #expect(applied.result.status == 3)
                    #expect(try applied.word("bad") == "failed")
                    #expect(try applied.word("good") == "applied")
                    let names = try await GitRepository(existing: workspace.path("remote.git"))
                        .git("log", "--name-only", "--format=", "bankhook-state")
                    #expect(names.contains("good.json") && !names.contains("bad.json"))
                }
            }
        }
    }
}
