import BankConnectAPI
import BankhookDelivery
import BankhookModel
import TestSupport
import Testing

/// Endpoints of the tests' own, and a client that calls them.
enum Endpoint {
    /// Gives `body` a client.
    static func withClient<Value>(
        trustRoots: TrustRoots? = nil, _ body: (EndpointClient) async throws -> Value
    ) async throws -> Value {
        try await HTTPCaller.withCaller(
            trustRoots: trustRoots, connections: 4, userAgent: "bankhook/test"
        ) { caller in
            try await body(EndpointClient(caller))
        }
    }

    /// What a post to a plain server with that script comes to.
    static func answer(_ script: Script, timeout: Int = 30) async throws -> Answer {
        try await withHostileServer(script: script) { server in
            let url = try EndpointURL(server.baseURL + "/hook")
            return try await withClient { client in
                await client.post(
                    Array("{}".utf8), to: url, timeout: TimeSpan(seconds: timeout)
                ).answer
            }
        }
    }

    /// Gives `body` a server with TLS and the roots that vouch for it.
    static func withSecureServer(
        flaw: CertificateFlaw? = nil, script: Script,
        _ body: (HostileServer, TrustRoots) async throws -> Void
    ) async throws {
        let authority = try TestCertificateAuthority()
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let roots = try TrustRoots.find(variables: ["SSL_CERT_FILE": file])
            let tls = TLSSetup(identity: try authority.issue(flaw))
            try await withHostileServer(tls: tls, script: script) { server in
                try await body(server, roots)
            }
        }
    }
}
