import NIOSSL
import Subprocess
import Testing
import TestSupport

struct CertificateTests {
    private let authority: TestCertificateAuthority

    init() throws {
        authority = try TestCertificateAuthority()
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a good certificate is accepted for both names`(host: String) async throws {
        let said = try await curl(try authority.issue(), host: host)
        #expect(said.isSuccess, "\(said.error)")
    }

    @Test(arguments: [
        (CertificateFlaw.otherHost, "subject name"), (.expired, "has expired"),
        (.notYetValid, "not yet valid"), (.selfSigned, "self"), (.unknownIssuer, "local issuer"),
    ])
    func `each flaw is what it says`(flaw: CertificateFlaw, words: String) async throws {
        let said = try await curl(try authority.issue(flaw), host: "127.0.0.1")
        #expect(!said.isSuccess)
        #expect(said.error.contains(words), "\(said.error)")
    }

    @Test(arguments: CertificateFlaw.allCases)
    func `a client that refuses sends no request byte`(flaw: CertificateFlaw) async throws {
        let tls = TLSSetup(identity: try authority.issue(flaw))
        try await withHostileServer(tls: tls, script: [.respond(200)]) { server in
            let client = RawClient(port: server.port, caPEM: authority.caPEM)
            await #expect(throws: (any Error).self) { try await client.exchange() }
            #expect(server.connectionCount == 1)
            #expect(server.handshakeCount == 0)
            #expect(server.bytesReceived == 0)
            #expect(server.requestsStarted == 0)
        }
    }

    @Test func `a server can be made that speaks nothing newer than TLS 1_1`() async throws {
        let tls = TLSSetup(
            identity: try authority.issue(), minimumVersion: .tlsv1, maximumVersion: .tlsv11)
        try await withHostileServer(tls: tls, script: [.respond(200).thenClose]) { server in
            var client = RawClient(port: server.port, caPEM: authority.caPEM)
            await #expect(throws: (any Error).self) { try await client.exchange() }
            #expect(server.handshakeCount == 0)
            #expect(server.bytesReceived == 0)
            client.minimumVersion = .tlsv1
            let answer = try await client.exchange()
            #expect(answer.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(server.handshakeCount == 1)
        }
    }

    @Test func `a ca file is what the authority is`() async throws {
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            #expect(file == path + "/ca.pem")
            #expect(try NIOSSLCertificate.fromPEMFile(file).count == 1)
        }
    }

    /// Calls a server with that identity, trusting the authority only.
    private func curl(
        _ identity: ServerIdentity, host: String
    ) async throws -> (isSuccess: Bool, error: String) {
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let tls = TLSSetup(identity: identity)
            return try await withHostileServer(tls: tls, script: [.respond(200)]) { server in
                let result = try await run(
                    .name("curl"),
                    arguments: [
                        "--silent", "--show-error", "--noproxy", "*", "--cacert", file,
                        "https://\(host):\(server.port)/",
                    ],
                    output: .discarded, error: .string(limit: 10_000))
                return (result.terminationStatus.isSuccess, result.standardError)
            }
        }
    }
}
