import BankConnectAPI
import NIOSSL
import TestSupport
import Testing

struct TLSTests {
    @Test(arguments: [LoopbackHost.address, .name])
    func `a good certificate of the ca_file's authority is accepted`(host: LoopbackHost)
        async throws
    {
        try await withServer(host: host) { server, file in
            let request = try API.request(to: server.baseURL, authorities: file)
            let answer = try await API.withClient { await $0.update(request) }
            #expect(answer.status == 200)
            #expect(server.handshakeCount == 1)
        }
    }

    @Test(arguments: CertificateFlaw.allCases, [LoopbackHost.address, .name])
    func `a flawed certificate is refused before a byte of the request`(
        flaw: CertificateFlaw, host: LoopbackHost
    ) async throws {
        try await withServer(flaw: flaw, host: host) { server, file in
            let request = try API.request(to: server.baseURL, authorities: file)
            let answer = try await API.withClient { await $0.update(request) }
            guard case .tlsFailed(let reason) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(reason.contains("certificate"))
            #expect(server.bytesReceived == 0)
            #expect(server.requestsStarted == 0)
            #expect(server.connectionCount == 1)
        }
    }

    @Test(arguments: [TLSVersion.tlsv1, .tlsv11])
    func `a server with nothing newer than TLS 1_1 is refused`(newest: TLSVersion) async throws {
        let authority = try TestCertificateAuthority()
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let tls = TLSSetup(
                identity: try authority.issue(), minimumVersion: .tlsv1, maximumVersion: newest)
            try await withHostileServer(tls: tls, script: [.respond(200)]) { server in
                let request = try API.request(to: server.baseURL, authorities: file)
                let answer = try await API.withClient { await $0.update(request) }
                #expect(answer == .tlsFailed("the server has no TLS 1.2 or newer"))
                #expect(server.bytesReceived == 0)
            }
        }
    }

    @Test func `a server that speaks no TLS is refused`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let request = try API.request(to: "https://127.0.0.1:\(server.port)")
            let answer = try await API.withClient { await $0.update(request) }
            guard case .tlsFailed = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(server.requestsStarted == 0)
        }
    }

    @Test func `a ca_file is trusted by the environment that names it, and by no other`()
        async throws
    {
        try await withServer { server, file in
            let trusting = try API.request(to: server.baseURL, authorities: file)
            let other = try API.request(to: server.baseURL)
            try await API.withClient { client in
                for _ in 0..<2 {
                    #expect(await client.update(trusting).status == 200)
                    guard case .tlsFailed = await client.update(other) else {
                        Issue.record("an untrusted certificate was accepted")
                        return
                    }
                }
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test func `trust roots of one's own replace the system's`() async throws {
        try await withServer { server, file in
            let roots = try TrustRoots.find(variables: ["SSL_CERT_FILE": file])
            let request = try API.request(to: server.baseURL)
            let answer = try await BankConnectClient.withClient(
                trustRoots: roots, connections: 1, userAgent: "x"
            ) { await $0.update(request) }
            #expect(answer.status == 200)
        }
    }

    private func withServer(
        flaw: CertificateFlaw? = nil, host: LoopbackHost = .address,
        _ body: (HostileServer, _ file: String) async throws -> Void
    ) async throws {
        let authority = try TestCertificateAuthority()
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let tls = TLSSetup(identity: try authority.issue(flaw))
            try await withHostileServer(tls: tls, host: host, script: [.respond(200)]) { server in
                try await body(server, file)
            }
        }
    }
}
