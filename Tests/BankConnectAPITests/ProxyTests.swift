import BankConnectAPI
import BankhookModel
import FoundationEssentials
import TestSupport
import Testing

/// Calls through a proxy. Nothing leaves the machine: the proxy takes every host to a server of the
/// test's own.
struct ProxyTests {
    private static let host = "apis-uat.bankconnect.finbox.in"
    private static let base = "https://\(host)"

    @Test func `a proxy sees the host and a tunnel, never the keys`() async throws {
        try await withTarget([.respond(200)]) { target, file in
            try await withTunnelProxy(to: target.port) { proxy in
                let request = try API.request(to: Self.base, authorities: file)
                let url = "http://user:p%40ss@127.0.0.1:\(proxy.port)"
                try await withClient(url) { client in
                    for _ in 0..<2 { #expect(await client.update(request).status == 200) }
                }
                let tunnel = try #require(proxy.tunnels.first)
                #expect(proxy.tunnels.count == 1)
                let lines = tunnel.head.lowercased().split(separator: "\r\n")
                #expect(lines.first == "connect \(Self.host):443 http/1.1")
                let basic = Data("user:p@ss".utf8).base64EncodedString()
                #expect(tunnel.head.contains("proxy-authorization: Basic \(basic)\r\n"))
                #expect(lines.count == 3)
                #expect(tunnel.bytes.starts(with: [0x16, 3]))
                let shown = String(decoding: tunnel.bytes, as: UTF8.self)
                #expect(!shown.contains("key-1") && !shown.contains("hash-1"))
                #expect(target.requests.count == 2)
                for request in target.requests {
                    #expect(request.header("x-api-key") == "key-1")
                    #expect(request.header("proxy-authorization") == nil)
                    #expect(request.header("bankhook-attempt") == nil)
                }
            }
        }
    }

    @Test(arguments: [
        Refusal("wants credentials", .respond(407), .unauthorized),
        Refusal("wants others", .respond(407, body: "x").thenClose, .unauthorized),
        Refusal("forbids", .respond(403, body: "<html>blocked"), .refused),
        Refusal("cannot reach it", .respond(502), .refused),
        Refusal("is tired", .respond(503), .refused), Refusal("waited", .respond(504), .refused),
        Refusal("redirects", .redirect(to: "http://127.0.0.1:1/"), .refused),
        Refusal("switches", .respondRaw("HTTP/1.1 101 X\r\n\r\n"), .refused),
        Refusal("says less than 100", .respondRaw("HTTP/1.1 099 X\r\n\r\n"), .refused),
        Refusal("says 600", .respondRaw("HTTP/1.1 600 X\r\n\r\n"), .refused),
        Refusal(
            "says an interim word first",
            .respondRaw("HTTP/1.1 100 Continue\r\n\r\n").then(.respond(403)), .refused),
        Refusal("answers twice", .respond(407).then(.respond(200)), .unauthorized),
        Refusal("closes", .closeBeforeAnswer, .closed),
        Refusal("resets", .resetBeforeAnswer, .closed),
        Refusal("cuts its answer", .respondRaw("HTTP/1.1 200 OK\r\nx").thenClose, .closed),
        Refusal("speaks no HTTP", .respondRaw("SSH-2.0-OpenSSH\r\n\r\n").thenClose, .closed),
    ])
    func `a proxy that makes no tunnel sent nothing`(_ refusal: Refusal) async throws {
        try await withHostileServer(script: [refusal.behaviour]) { proxy in
            let answer = try await attempt(through: "127.0.0.1:\(proxy.port)")
            #expect(answer == failed(refusal.failure))
            #expect(proxy.requests.map(\.method) == ["CONNECT"])
        }
    }

    @Test(arguments: [
        Refusal("is silent", .neverAnswer, .timedOut),
        Refusal("drips", .dripHeaders(.milliseconds(20)), .timedOut),
        Refusal("speaks no HTTP and stays", .respondRaw("SSH-2.0-OpenSSH\r\n\r\n"), .timedOut),
        Refusal("sends a megabyte of headers", .hugeHeaders(), .timedOut),
        Refusal("makes a tunnel to nowhere", .respondRaw("HTTP/1.1 200 OK\r\n\r\n"), .timedOut),
    ])
    func `a proxy that keeps a client waiting sent nothing`(_ refusal: Refusal) async throws {
        try await withHostileServer(script: [refusal.behaviour]) { proxy in
            let answer = try await attempt(through: "127.0.0.1:\(proxy.port)", timeout: 3)
            #expect(answer == failed(refusal.failure))
        }
    }

    @Test func `a tunnel to something that speaks no TLS sent nothing`() async throws {
        try await withHostileServer(script: [.respond(200)]) { target in
            try await withTunnelProxy(to: target.port) { proxy in
                let answer = try await attempt(through: "127.0.0.1:\(proxy.port)")
                guard case .tlsFailed = answer else {
                    Issue.record("\(answer)")
                    return
                }
                #expect(target.requestsStarted == 0)
            }
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a proxy that cannot be reached sent nothing`(host: String) async throws {
        try await withUnusedPort { port in
            let answer = try await attempt(through: "\(host):\(port)")
            #expect(answer == failed(.unreachable))
        }
        try await withBlackHole { port in
            let answer = try await attempt(through: "\(host):\(port)", timeout: 3)
            #expect(answer == failed(.timedOut))
        }
    }

    @Test func `a proxy whose name nobody has sent nothing`() async throws {
        let answer = try await attempt(through: "nonexistent.invalid:3128")
        #expect(answer == failed(.nameNotFound))
    }

    @Test(arguments: [
        (Behaviour.closeBeforeAnswer, Answer.reset), (.resetBeforeAnswer, .reset),
        (.cutBeforeAnswer, .reset), (.cutMidBody, .reset), (.neverAnswer, .timedOut),
        (.respond(407), .response(.init(status: 407))),
    ])
    func `what breaks behind the tunnel may have arrived`(
        behaviour: Behaviour, expected: Answer
    ) async throws {
        try await withTarget([behaviour]) { target, file in
            try await withTunnelProxy(to: target.port) { proxy in
                let request = try API.request(
                    to: Self.base, timeout: expected == .timedOut ? 4 : 30, authorities: file)
                let answer = try await withClient("127.0.0.1:\(proxy.port)") {
                    await $0.update(request)
                }
                #expect(answer == expected)
                #expect(target.requests.count == 1)
            }
        }
    }

    @Test func `a connection that dies while it is kept is not taken for a refusal`()
        async throws
    {
        try await withTarget([.respond(200), .resetBeforeAnswer]) { target, file in
            try await withTunnelProxy(to: target.port) { proxy in
                let request = try API.request(to: Self.base, authorities: file)
                try await withClient("127.0.0.1:\(proxy.port)") { client in
                    #expect(await client.update(request).status == 200)
                    #expect(await client.update(request) == .reset)
                }
                #expect(proxy.tunnels.count == 1)
            }
        }
    }

    @Test func `the host behind the tunnel is verified`() async throws {
        try await withTarget(named: "other.example", [.respond(200)]) { target, file in
            try await withTunnelProxy(to: target.port) { proxy in
                let request = try API.request(to: Self.base, authorities: file)
                let answer = try await withClient("127.0.0.1:\(proxy.port)") {
                    await $0.update(request)
                }
                #expect(answer == .tlsFailed("the certificate is for another host"))
                #expect(target.bytesReceived == 0)
            }
        }
    }

    @Test func `hosts of no_proxy and loopback are called directly by the same client`()
        async throws
    {
        try await withHostileServer(script: [.respond(407)]) { proxy in
            try await withHostileServer(script: [.respond(200)]) { local in
                let variables = [
                    "https_proxy": proxy.baseURL, "no_proxy": "nonexistent.invalid",
                ]
                let direct = try API.request(to: "https://nonexistent.invalid")
                let loopback = try API.request(to: local.baseURL)
                let other = try API.request(to: Self.base)
                try await withClient(variables) { client in
                    #expect(await client.update(direct) == .nameNotFound)
                    #expect(await client.update(loopback).status == 200)
                    #expect(proxy.connectionCount == 0)
                    let expected = Answer.proxyFailed(.unauthorized, variable: "https_proxy")
                    #expect(await client.update(other) == expected)
                }
                #expect(proxy.requests.map(\.path) == ["\(Self.host):443"])
            }
        }
    }

    private func failed(_ failure: ProxyFailure) -> Answer {
        .proxyFailed(failure, variable: "HTTPS_PROXY")
    }

    /// What one attempt through that proxy comes to.
    private func attempt(through proxy: String, timeout: Int = 30) async throws -> Answer {
        let request = try API.request(to: Self.base, timeout: timeout)
        return try await withClient(proxy) { await $0.update(request) }
    }

    private func withClient<Value>(
        _ proxy: String, _ body: (BankConnectClient) async throws -> Value
    ) async throws -> Value {
        try await withClient(["HTTPS_PROXY": proxy], body)
    }

    private func withClient<Value>(
        _ variables: [String: String], _ body: (BankConnectClient) async throws -> Value
    ) async throws -> Value {
        let proxies = try Proxies(variables: variables, calling: [try BaseURL(Self.base)])
        return try await BankConnectClient.withClient(
            trustRoots: nil, proxies: proxies, connections: 4, userAgent: "bankhook/test", body)
    }

    private func withTarget(
        named host: String = ProxyTests.host, _ script: Script,
        _ body: (HostileServer, _ file: String) async throws -> Void
    ) async throws {
        let authority = try TestCertificateAuthority()
        try await withTemporaryDirectory { path in
            let file = try authority.writeCAFile(to: path)
            let tls = TLSSetup(identity: try authority.issue(host: host))
            try await withHostileServer(tls: tls, script: script) { server in
                try await body(server, file)
            }
        }
    }
}

/// How a proxy makes no tunnel, and what that is called.
struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let behaviour: Behaviour
    let failure: ProxyFailure

    init(_ name: String, _ behaviour: Behaviour, _ failure: ProxyFailure) {
        testDescription = name
        self.behaviour = behaviour
        self.failure = failure
    }
}
