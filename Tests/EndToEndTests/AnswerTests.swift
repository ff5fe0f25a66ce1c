import JSONSyntax
import NIOSSL
import TestSupport
import Testing

/// The built binary against a hostile server over TLS: every row of the table of answers.
@Suite struct AnswerTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let behaviour: Behaviour
        let outcome: String
        var attempts = 1
        var leavesRecord = false

        var testDescription: String { name }
    }

    private static func status(
        _ status: Int, _ outcome: String, attempts: Int = 1, leavesRecord: Bool = false
    ) -> Row {
        Row(
            name: "status \(status)",
            behaviour: .respond(status, headers: ["retry-after": "0"], body: "{}"),
            outcome: outcome, attempts: attempts, leavesRecord: leavesRecord)
    }

    static let rows: [Row] =
        [201, 202, 204, 206, 303].map { status($0, "in_doubt", leavesRecord: true) }
        + [300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 409, 422].map { status($0, "failed") }
        + [408, 425, 500, 501, 502, 503, 504, 505, 520, 530].map {
            status($0, "in_doubt", attempts: 5, leavesRecord: true)
        }
        + [
            status(429, "failed", attempts: 5),
            Row(
                name: "200 with an empty body", behaviour: .respond(200), outcome: "applied",
                leavesRecord: true),
            Row(
                name: "200 with text", behaviour: .respond(200, body: "fine"), outcome: "applied",
                leavesRecord: true),
            Row(
                name: "200 with a page",
                behaviour: .respond(200, headers: ["content-type": "text/html"], body: "sign in"),
                outcome: "in_doubt", leavesRecord: true),
            Row(
                name: "200 with a page that says nothing of it",
                behaviour: .respond(200, body: "<html>"), outcome: "in_doubt",
                leavesRecord: true),
            Row(
                name: "an interim answer first",
                behaviour: .respondRaw("HTTP/1.1 100 Continue\r\n\r\n").then(.respond(200)),
                outcome: "applied", leavesRecord: true),
            Row(
                name: "a compressed bomb", behaviour: .compressedBomb, outcome: "applied",
                leavesRecord: true),
        ]

    @Test(arguments: rows)
    func `an answer is taken for what it is`(row: Row) async throws {
        try await withTLSServer([row.behaviour]) { server, workspace in
            let applied = try await workspace.apply()
            #expect(applied.status == (row.outcome == "applied" ? 0 : 3))
            #expect(try applied.word("uat") == row.outcome)
            #expect(try applied.outcome("uat")["attempts"] == .integer(row.attempts))
            #expect(server.requests.count == row.attempts)
            #expect(workspace.exists("bankhook.state/uat.json") == row.leavesRecord)
            if row.outcome == "in_doubt" {
                #expect(try workspace.record("uat")?["pending"] != .null)
                let plan = try await workspace.run("plan")
                #expect(plan.output.contains("outcome unknown since"))
            }
            for request in server.requests {
                #expect(request.body.contains("\"webhook_mode\": 1"))
            }
        }
    }

    @Test(arguments: [
        ("reset before the answer", Behaviour.resetBeforeAnswer),
        ("closed before the answer", .closeBeforeAnswer),
        ("cut before the answer", .cutBeforeAnswer),
        ("cut in the middle of the body", .cutMidBody),
        ("reset in the middle of the body", .resetMidBody),
        ("a status line that is none", .respondRaw("HELLO\r\n\r\n")),
        ("a status below 100", .respondRaw("HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n")),
        ("a megabyte of headers", .hugeHeaders()),
    ])
    func `a connection that ends too early is tried again`(name: String, behaviour: Behaviour)
        async throws
    {
        try await withTLSServer([behaviour, .respond(200)]) { server, workspace in
            let applied = try await workspace.apply()
            #expect(try applied.word("uat") == "applied")
            #expect(try applied.outcome("uat")["attempts"] == .integer(2))
            #expect(server.requests.count == 2)
        }
    }

    @Test func `an answer that never comes is a time-out, and 401 after it leaves doubt`()
        async throws
    {
        let script: Script = [.neverAnswer, .respond(401, body: "{\"detail\": \"no\"}")]
        try await withTLSServer(script, timeout: "3s") { server, workspace in
            let applied = try await workspace.apply()
            #expect(applied.status == 3)
            #expect(try applied.word("uat") == "in_doubt")
            #expect(try applied.outcome("uat")["status"] == .integer(401))
            #expect(try workspace.record("uat")?["pending"] != .null)
        }
    }

    @Test(arguments: [
        ("headers", Behaviour.dripHeaders(.milliseconds(20))),
        ("body", .dripBody(.milliseconds(20))),
    ])
    func `an answer that drips ends by the time-out`(name: String, behaviour: Behaviour)
        async throws
    {
        try await withTLSServer([behaviour, .respond(400)], timeout: "3s") { server, workspace in
            let applied = try await workspace.apply()
            #expect(try applied.word("uat") == "in_doubt")
            #expect(try applied.outcome("uat")["attempts"] == .integer(2))
        }
    }

    @Test func `an endless body is read up to its limit`() async throws {
        try await withTLSServer([.endlessBody()]) { server, workspace in
            let applied = try await workspace.apply()
            #expect(try applied.word("uat") == "applied")
        }
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a redirect is not followed and the other host sees nothing`(status: Int) async throws {
        try await withHostileServer(script: []) { other in
            let redirect = Behaviour.redirect(to: "\(other.baseURL)/elsewhere", status: status)
            try await withTLSServer([redirect]) { server, workspace in
                let applied = try await workspace.apply()
                #expect(try applied.word("uat") == "failed")
                #expect(server.requests.count == 1)
                #expect(other.connectionCount == 0)
            }
        }
    }

    @Test func `a refused connection is tried again and then a failure`() async throws {
        try await withUnusedPort { port in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: "https://127.0.0.1:\(port)")
                try workspace.trustStrangers()
                let applied = try await workspace.apply()
                #expect(try applied.word("uat") == "failed")
                #expect(try applied.outcome("uat")["attempts"] == .integer(5))
                #expect(!workspace.exists("bankhook.state/uat.json"))
            }
        }
    }

    @Test func `a key that the server echoes is never shown, however it is spelt`() async throws {
        let key = Workspace.key(of: "uat")
        let hex = key.utf8.map { String($0, radix: 16) }.joined()
        let echoes = [key, "%63" + key.dropFirst(), hex, "\\u0063" + key.dropFirst()]
        try await withTLSServer(Script(echoes.map { .respond(400, body: "bad key \($0)") })) {
            server, workspace in
            for _ in echoes {
                let applied = try await workspace.apply()
                #expect(
                    try applied.outcome("uat")["error"]?["message"]
                        == "answered 400: <redacted>")
            }
        }
    }

    @Test func `keys that look swapped are a hint, and so is a page instead of an answer`()
        async throws
    {
        let script: Script = [.respond(401, body: "no"), .respond(200, body: "<html>")]
        try await withHostileServer(script: script) { server in
            try await Workspace.with { workspace in
                let swapped = [
                    "credentials:", "  api_key: { env: UAT_HASH }",
                    "  server_hash: { env: UAT_KEY }",
                ]
                try workspace.configure(
                    [.init(name: "uat", more: swapped)], baseURL: server.baseURL)
                let refused = try await workspace.run("apply", "--auto-approve")
                #expect(refused.status == 3)
                #expect(
                    refused.output.contains(
                        "api_key is read from env UAT_HASH and server_hash from env UAT_KEY: are "
                            + "they swapped?"))
                let page = try await workspace.run("apply", "--auto-approve")
                #expect(page.status == 3)
                #expect(page.output.contains("uat: in doubt"))
                #expect(page.output.contains("a proxy or login page?"))
            }
        }
    }

    @Test(arguments: CertificateFlaw.allCases)
    func `a certificate that is not right is refused before a request byte`(
        flaw: CertificateFlaw
    ) async throws {
        try await refuses(flaw: flaw, maximumVersion: nil)
    }

    @Test func `TLS 1_1 is refused before a request byte`() async throws {
        try await refuses(flaw: nil, maximumVersion: .tlsv11)
    }

    private func refuses(flaw: CertificateFlaw?, maximumVersion: TLSVersion?) async throws {
        let authority = try TestCertificateAuthority(named: "bankhook tests")
        let tls = TLSSetup(
            identity: try authority.issue(flaw),
            minimumVersion: maximumVersion == nil ? .tlsv12 : .tlsv1,
            maximumVersion: maximumVersion)
        try await withHostileServer(tls: tls, script: [.respond(200)]) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL,
                    authorities: try authority.writeCAFile(to: workspace.directory))
                try workspace.trustStrangers()
                let applied = try await workspace.apply()
                #expect(try applied.word("uat") == "failed")
                #expect(try applied.outcome("uat")["attempts"] == .integer(1))
                #expect(try applied.outcome("uat")["error"]?["code"] == "tls_failed")
                #expect(server.bytesReceived == 0)
                #expect(!workspace.exists("bankhook.state/uat.json"))
            }
        }
    }

    /// A server with a good certificate, and a workspace with one environment that trusts it.
    private func withTLSServer(
        _ script: Script, timeout: String = "10s",
        _ body: (HostileServer, Workspace) async throws -> Void
    ) async throws {
        let authority = try TestCertificateAuthority(named: "bankhook tests")
        let tls = TLSSetup(identity: try authority.issue())
        try await withHostileServer(tls: tls, script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: server.baseURL,
                    authorities: try authority.writeCAFile(to: workspace.directory),
                    timeout: timeout)
                try workspace.trustStrangers()
                try await body(server, workspace)
            }
        }
    }
}
