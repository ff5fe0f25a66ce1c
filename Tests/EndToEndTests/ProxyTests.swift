import JSONSyntax
import TestSupport
import Testing

/// The built binary behind a proxy. Nothing leaves the machine: the proxy takes every host to a
/// server of the test's own.
@Suite struct ProxyTests {
    private static let host = "apis-uat.bankconnect.finbox.in"
    private static let password = "canary-password"

    @Test func `an apply goes through the proxy, and shows its password to nobody else`()
        async throws
    {
        let echo = "you came as user:\(Self.password)"
        try await withTarget([.respond(400, body: echo), .respond(200)]) { target, workspace in
            try await withTunnelProxy(to: target.port) { proxy in
                workspace.variables["HTTPS_PROXY"] =
                    "http://user:\(Self.password)@127.0.0.1:\(proxy.port)"
                let refused = try await workspace.apply("--log-level", "trace")
                #expect(
                    try refused.outcome("uat")["error"]?["message"]
                        == "answered 400: <redacted>")
                let applied = try await workspace.apply("--log-level", "trace")
                #expect(try applied.word("uat") == "applied")
                #expect(proxy.tunnels.count == 2)
                for tunnel in proxy.tunnels {
                    #expect(tunnel.head.hasPrefix("CONNECT \(Self.host):443 HTTP/1.1\r\n"))
                    #expect(tunnel.head.contains("proxy-authorization: Basic "))
                    let shown = String(decoding: tunnel.bytes, as: UTF8.self)
                    #expect(!shown.contains(Workspace.key(of: "uat")))
                }
                #expect(target.requests.count == 2)
                for result in [refused.result, applied.result] {
                    #expect(!(result.output + result.error).contains(Self.password))
                }
                #expect(!(try workspace.read("bankhook.state/uat.json").contains("user")))
            }
        }
    }

    @Test(arguments: [
        (Behaviour.respond(407, body: "canary"), 1, "HTTPS_PROXY: http://USER:PASSWORD@"),
        (.respond(403), 1, "refused to connect to https://\(host)"),
        (.closeBeforeAnswer, 5, "ended the connection before anything was sent"),
    ])
    func `what a proxy refuses was not sent, and leaves no record`(
        behaviour: Behaviour, attempts: Int, words: String
    ) async throws {
        try await withTarget([]) { _, workspace in
            try await withHostileServer(script: [behaviour]) { proxy in
                workspace.variables["HTTPS_PROXY"] =
                    "http://user:\(Self.password)@127.0.0.1:\(proxy.port)"
                let applied = try await workspace.apply()
                #expect(applied.status == 3)
                #expect(try applied.word("uat") == "failed")
                let outcome = try applied.outcome("uat")
                #expect(outcome["attempts"] == .integer(attempts))
                #expect(outcome["error"]?["code"] == "proxy_failed")
                #expect(proxy.requests.count == attempts)
                #expect(!workspace.exists("bankhook.state/uat.json"))
                let told = try await workspace.run("apply", "--auto-approve")
                let shown = applied.result.output + applied.result.error + told.output + told.error
                #expect(shown.contains(words))
                #expect(shown.contains("nothing was sent"))
                #expect(!shown.contains("canary"))
            }
        }
    }

    @Test(arguments: ["https_proxy", "HTTPS_PROXY"], ["canary-9d", "https://u:canary-9d@x:1"])
    func `a proxy that cannot be used is an error before anything is sent`(
        variable: String, value: String
    ) async throws {
        try await withTarget([]) { _, workspace in
            workspace.variables[variable] = value
            let applied = try await workspace.apply()
            #expect(applied.status == 1)
            #expect(applied.result.error.contains(variable))
            #expect(!(applied.result.output + applied.result.error).contains("canary"))
            #expect(!workspace.exists("bankhook.state"))
        }
    }

    /// A server with a certificate for a known host, and a workspace whose environment calls that.
    private func withTarget(
        _ script: Script, _ body: (HostileServer, inout Workspace) async throws -> Void
    ) async throws {
        let authority = try TestCertificateAuthority(named: "bankhook tests")
        let tls = TLSSetup(identity: try authority.issue(host: Self.host))
        try await withHostileServer(tls: tls, script: script) { server in
            try await Workspace.with { workspace in
                try workspace.configure(
                    [.init(name: "uat")], baseURL: "https://\(Self.host)",
                    authorities: try authority.writeCAFile(to: workspace.directory))
                try workspace.trustStrangers()
                try await body(server, &workspace)
            }
        }
    }
}
