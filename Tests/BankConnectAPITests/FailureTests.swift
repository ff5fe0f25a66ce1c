import BankConnectAPI
import TestSupport
import Testing

/// What an exchange that fails is called. Only what proves that nothing was sent may say so.
struct FailureTests {
    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a refused connection is called so`(host: String) async throws {
        try await withUnusedPort { port in
            let request = try API.request(to: "http://\(host):\(port)")
            #expect(try await API.withClient { await $0.update(request) } == .connectionRefused)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a connection that is not taken is called so`(host: String) async throws {
        try await withBlackHole { port in
            let request = try API.request(to: "http://\(host):\(port)", timeout: 3)
            #expect(try await API.withClient { await $0.update(request) } == .connectTimedOut)
        }
    }

    @Test func `a name that nobody has is called so`() async throws {
        let request = try API.request(to: "https://nonexistent.invalid")
        #expect(try await API.withClient { await $0.update(request) } == .nameNotFound)
    }

    @Test(arguments: [
        Fault("close before", .closeBeforeAnswer), Fault("cut before", .cutBeforeAnswer),
        Fault("reset before", .resetBeforeAnswer), Fault("close in the middle", .closeMidBody),
        Fault("cut in the middle", .cutMidBody), Fault("reset in the middle", .resetMidBody),
        Fault("huge headers", .hugeHeaders()),
        Fault("no HTTP", .respondRaw("SSH-2.0-OpenSSH_9.6\r\n").thenClose),
        Fault("a cut head", .respondRaw("HTTP/1.1 200 OK\r\ncontent-").thenClose),
        Fault(
            "a bad chunk",
            .respondRaw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n").thenClose),
        Fault("interim only", .respondRaw("HTTP/1.1 100 Continue\r\n\r\n").thenClose),
    ])
    func `whatever breaks after the request was sent may have arrived`(_ fault: Fault) async throws
    {
        let plain = try await API.attempt([fault.behaviour])
        #expect(plain.answer == .reset)
        #expect(plain.requests.count == 1 && plain.connections == 1)
        let secure = try await API.attemptOverTLS([fault.behaviour])
        #expect(secure.answer == .reset)
        #expect(secure.requests.count == 1 && secure.connections == 1)
    }

    @Test(arguments: [
        Fault("silence", .neverAnswer), Fault("dripped headers", .dripHeaders(.milliseconds(50))),
        Fault("a dripped body", .dripBody(.milliseconds(50))),
        Fault("half a body", .respond(200, headers: ["content-length": "9"], body: "x")),
    ])
    func `an answer that is not whole by the deadline is a time-out`(_ fault: Fault) async throws {
        let plain = try await API.attempt([fault.behaviour], timeout: 4)
        #expect(plain.answer == .timedOut)
        #expect(plain.requests.count == 1)
        let secure = try await API.attemptOverTLS([fault.behaviour], timeout: 4)
        #expect(secure.answer == .timedOut)
    }

    @Test func `an answer that was whole before the connection broke stands`() async throws {
        for ending in [Behaviour.closeBeforeAnswer, .cutBeforeAnswer] {
            let script: Script = [.respond(404, body: "{}").then(ending)]
            #expect(try await API.attempt(script).answer.status == 404)
            #expect(try await API.attemptOverTLS(script).answer.status == 404)
        }
    }

    @Test func `a cancelled task is interrupted, not timed out`() async throws {
        try await withHostileServer(script: [.neverAnswer]) { server in
            let request = try API.request(to: server.baseURL, timeout: 600)
            let answer = try await API.withClient { client in
                await withTaskGroup(of: Answer?.self) { group in
                    group.addTask { await client.update(request) }
                    group.addTask {
                        _ = try? await server.nextRequest()
                        return nil
                    }
                    _ = await group.next()
                    group.cancelAll()
                    return await group.next() ?? nil
                }
            }
            #expect(answer == .interrupted)
        }
    }

    @Test func `a task that was cancelled before sends nothing`() async throws {
        try await withHostileServer(script: [.respond(200)]) { server in
            let request = try API.request(to: server.baseURL)
            let answer = try await API.withClient { client in
                await withTaskGroup(of: Answer.self) { group in
                    group.cancelAll()
                    group.addTask { await client.update(request) }
                    return await group.next()
                }
            }
            #expect(answer == .interrupted)
            #expect(server.requestsStarted == 0)
        }
    }
}

/// A named behaviour, for the lists of tests.
struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let behaviour: Behaviour

    init(_ name: String, _ behaviour: Behaviour) {
        testDescription = name
        self.behaviour = behaviour
    }
}
