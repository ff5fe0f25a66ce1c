import BankConnectAPI
import TestSupport
import Testing

struct ConnectionReuseTests {
    @Test func `a second request goes over the same connection`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let request = try API.request(to: server.baseURL)
            try await API.withClient { client in
                for _ in 0..<3 { #expect(await client.update(request).status == 200) }
            }
            #expect(server.requests.map(\.connection) == [0, 0, 0])
        }
    }

    @Test(arguments: [
        Fault("close", .closeBeforeAnswer), Fault("cut", .cutBeforeAnswer),
        Fault("reset", .resetBeforeAnswer),
    ])
    func `a reused connection that dies under a request is no second request`(
        _ fault: Fault
    ) async throws {
        for isSecure in [false, true] {
            try await withServer([.respond(200), fault.behaviour], isSecure) { server, file in
                let request = try API.request(to: server.baseURL, authorities: file)
                try await API.withClient { client in
                    #expect(await client.update(request).status == 200)
                    #expect(await client.update(request) == .reset)
                }
                #expect(server.requests.map(\.connection) == [0, 0])
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test(arguments: [false, true])
    func `a server that is gone before the second request gets none`(isSecure: Bool) async throws {
        try await withServer([.respond(200)], isSecure) { server, file in
            let request = try API.request(to: server.baseURL, authorities: file)
            try await API.withClient { client in
                #expect(await client.update(request).status == 200)
                await server.stop()
                let answer = await client.update(request)
                // Whether the client has noticed by then is a race; it must be honest either way.
                #expect(answer == .connectionRefused || answer == .reset)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func `no more connections than allowed are open at a time`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let request = try API.request(to: server.baseURL)
            try await API.withClient(connections: 3) { client in
                await withTaskGroup(of: Int?.self) { group in
                    for _ in 0..<24 { group.addTask { await client.update(request).status } }
                    for await status in group { #expect(status == 200) }
                }
            }
            #expect(server.requests.count == 24)
            #expect(server.connectionCount <= 3)
        }
    }

    private func withServer(
        _ script: Script, _ isSecure: Bool,
        _ body: (HostileServer, _ file: String?) async throws -> Void
    ) async throws {
        guard isSecure else {
            return try await withHostileServer(script: script) { try await body($0, nil) }
        }
        let authority = try TestCertificateAuthority()
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let tls = TLSSetup(identity: try authority.issue())
            try await withHostileServer(tls: tls, script: script) { try await body($0, file) }
        }
    }
}
