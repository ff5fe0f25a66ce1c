import BankConnectAPI
import BankhookDelivery
import BankhookModel
import FoundationEssentials
import Logging
import TestSupport
import Testing

/// What becomes of requests that are under way when a listener is told to end.
struct ListenerEndTests {
    private static let entity =
        #"{"entity_id":"e","statement_id":"s","link_id":"l","progress":"completed","reason":""}"#

    private func post(_ text: String, to url: String, _ client: EndpointClient) async throws
        -> HTTPReply
    {
        await client.post(
            Array(text.utf8), to: try EndpointURL(url), timeout: TimeSpan(seconds: 30))
    }

    @Test func `what is under way is answered when it is told to end`() async throws {
        let (arrived, goOn) = (Gate(), Gate())
        let script = Script { _ in
            arrived.open()
            return .hold(until: goOn, then: .respond(200))
        }
        try await withHostileServer(script: script) { target in
            try await Endpoint.withClient { client in
                let forward = ListenConfiguration.Forward(
                    url: try EndpointURL(target.baseURL), client: client,
                    timeout: TimeSpan(seconds: 30))
                let (ready, urls) = AsyncStream.makeStream(of: String.self)
                let listener = Listener(
                    configuration: ListenConfiguration(port: 0, forward: forward),
                    now: { Timestamp(secondsSinceEpoch: 0) },
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                    report: { _ in })
                let answer = try await withThrowingTaskGroup(of: Answer?.self) { group in
                    group.addTask {
                        try await withThrowingTaskGroup(of: Void.self) { serving in
                            serving.addTask { try await listener.run { urls.yield($0) } }
                            serving.addTask { try await arrived.wait() }
                            try await serving.next()
                            serving.cancelAll()
                            goOn.open()
                            try await serving.waitForAll()
                        }
                        return nil
                    }
                    group.addTask {
                        var iterator = ready.makeAsyncIterator()
                        let url = try #require(await iterator.next())
                        return try await post(Self.entity, to: url, client).answer
                    }
                    var answer: Answer?
                    for try await ended in group { answer = ended ?? answer }
                    return answer
                }
                #expect(answer?.status == 200)
            }
        }
    }

    @Test func `what is cut off gets no receipt`() async throws {
        try await withTemporaryDirectory { directory in
            let receipts = try ReceiptsFile(path: directory + "/r")
            let arrived = Gate()
            let (ready, urls) = AsyncStream.makeStream(of: String.self)
            let listener = Listener(
                configuration: ListenConfiguration(
                    port: 0, delay: .seconds(3_600), receipts: receipts,
                    grace: .milliseconds(1)),
                now: {
                    arrived.open()
                    return Timestamp(secondsSinceEpoch: 0)
                },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                report: { _ in })
            try await Endpoint.withClient { client in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await withThrowingTaskGroup(of: Void.self) { serving in
                            serving.addTask { try await listener.run { urls.yield($0) } }
                            serving.addTask { try await arrived.wait() }
                            try await serving.next()
                            serving.cancelAll()
                            try await serving.waitForAll()
                        }
                    }
                    group.addTask {
                        var iterator = ready.makeAsyncIterator()
                        let url = try #require(await iterator.next())
                        let answer = try await post(Self.entity, to: url, client).answer
                        #expect(answer.status != 200)
                    }
                    try await group.waitForAll()
                }
            }
            let written = try Data(contentsOf: URL(filePath: directory + "/r"))
            #expect(written.isEmpty)
        }
    }
}
