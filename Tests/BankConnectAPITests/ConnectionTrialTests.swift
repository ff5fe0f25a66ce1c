import BankConnectAPI
import BankhookModel
import TestSupport
import Testing

/// Connections that end before a request. Nothing leaves the machine.
struct ConnectionTrialTests {
    private static let host = "apis-uat.bankconnect.finbox.in"

    private func run(
        _ base: String, authorities: String? = nil, timeout: Int = 30,
        variables: [String: String] = [:]
    ) async throws -> ConnectionTrial.Outcome {
        let address = try BaseURL(base)
        let trial = ConnectionTrial(
            trustRoots: nil, proxies: try Proxies(variables: variables, calling: [address]),
            timeout: TimeSpan(seconds: timeout))
        return await trial.run(address, authorities: authorities)
    }

    private func withTLSServer(
        _ flaw: CertificateFlaw? = nil, host: String? = nil,
        _ body: (HostileServer, String) async throws -> Void
    ) async throws {
        let authority = try TestCertificateAuthority()
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let identity = try host.map(authority.issue(host:)) ?? authority.issue(flaw)
            try await withHostileServer(tls: TLSSetup(identity: identity), script: [.respond(200)])
            {
                try await body($0, file)
            }
        }
    }

    @Test func `a host on loopback is connected to, and gets no byte`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let outcome = try await run(server.baseURL)
            #expect(outcome == .connected(certificateEnd: nil))
            #expect(server.connectionCount == 1)
            #expect(server.bytesReceived == 0)
            #expect(server.requestsStarted == 0)
        }
    }

    @Test(arguments: [LoopbackHost.address, .name])
    func `TLS is agreed, the certificate's end is told, and no request comes`(host: LoopbackHost)
        async throws
    {
        try await withTLSServer { server, file in
            let base = "https://\(host == .name ? "localhost" : "127.0.0.1"):\(server.port)"
            guard case .connected(let end?) = try await run(base, authorities: file) else {
                Issue.record("not connected")
                return
            }
            #expect(end.secondsSinceEpoch > 1_600_000_000)
            #expect(server.handshakeCount == 1)
            #expect(server.bytesReceived == 0)
            #expect(server.requestsStarted == 0)
        }
    }

    @Test(arguments: CertificateFlaw.allCases)
    func `a flawed certificate fails as it does for a call`(flaw: CertificateFlaw) async throws {
        try await withTLSServer(flaw) { server, file in
            guard case .failed(.tlsFailed) = try await run(server.baseURL, authorities: file) else {
                Issue.record("not refused")
                return
            }
            #expect(server.bytesReceived == 0)
        }
    }

    @Test func `through a proxy the tunnel is made, and nothing but TLS goes through it`()
        async throws
    {
        try await withTLSServer(host: Self.host) { target, file in
            try await withTunnelProxy(to: target.port) { proxy in
                let outcome = try await run(
                    "https://\(Self.host)", authorities: file,
                    variables: ["HTTPS_PROXY": "http://user:canary@127.0.0.1:\(proxy.port)"])
                guard case .connected(_?) = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(proxy.tunnels.count == 1)
                #expect(target.bytesReceived == 0)
            }
        }
    }

    @Test func `what is in the way is told as for a call`() async throws {
        try await withUnusedPort { port in
            let refused = try await run("http://127.0.0.1:\(port)")
            #expect(refused == .failed(.connectionRefused))
            let unreachable = try await runThroughProxy(at: port)
            #expect(unreachable == failed(.unreachable))
        }
        try await withBlackHole { port in
            let silent = try await run("http://127.0.0.1:\(port)", timeout: 1)
            #expect(silent == .failed(.connectTimedOut))
        }
        let unknown = try await run("https://nonexistent.invalid")
        #expect(unknown == .failed(.nameNotFound))
        try await withHostileServer(script: [.respond(407)]) { proxy in
            let unauthorized = try await runThroughProxy(at: proxy.port)
            #expect(unauthorized == failed(.unauthorized))
        }
    }

    private func failed(_ failure: ProxyFailure) -> ConnectionTrial.Outcome {
        .failed(.proxyFailed(failure, variable: "HTTPS_PROXY"))
    }

    private func runThroughProxy(at port: Int) async throws -> ConnectionTrial.Outcome {
        try await run(
            "https://\(Self.host)", variables: ["HTTPS_PROXY": "http://127.0.0.1:\(port)"])
    }

    @Test func `a host that takes the connection and says nothing is told from one that does not`()
        async throws
    {
        try await withSilentListener { listener in
            let outcome = try await run("https://127.0.0.1:\(listener.port)", timeout: 1)
            #expect(outcome == .handshakeTimedOut)
        }
        try await withBlackHole { port in
            let outcome = try await run("https://127.0.0.1:\(port)", timeout: 1)
            #expect(outcome == .failed(.connectTimedOut))
        }
    }
}
