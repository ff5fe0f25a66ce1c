internal import AsyncHTTPClient
internal import BankhookModel
internal import NIOCore
internal import Synchronization

/// The HTTP clients of one run, one for each time-out in use: a connection that cannot be made must
/// be told from an answer that does not come, and only a client has a time limit for connecting.
final class Connections: Sendable {
    let userAgent: String
    private let limit: Int
    private let clients = Mutex<[TimeSpan: HTTPClient]>([:])

    init(limit: Int, userAgent: String) {
        self.limit = limit
        self.userAgent = userAgent
    }

    func client(timeout: TimeSpan) -> HTTPClient {
        clients.withLock { clients in
            if let client = clients[timeout] { return client }
            let client = makeClient(timeout: timeout)
            clients[timeout] = client
            return client
        }
    }

    private func makeClient(timeout: TimeSpan) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.proxy = nil
        // Less than the whole exchange has, so that it is noticed first, on a busy machine too.
        configuration.timeout.connect = .milliseconds(Int64(min(timeout.seconds * 750, 10_000)))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limit
        configuration.http1_1ConnectionDebugInitializer = StatusCheck.add
        return HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections, but waits no longer than `patience` for it: one that is still being
    /// made would hold up a report that somebody needs before the process is killed.
    func close(patience: Duration = .milliseconds(500)) async {
        let all = clients.withLock { Array($0.values) }
        guard !all.isEmpty else { return }
        let (closed, continuation) = AsyncStream.makeStream(of: Void.self)
        for client in all {
            // What is left to fail here is closing a socket of a process that is done with it.
            client.shutdown { _ in continuation.yield() }
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var waiting = all.count
                for await _ in closed {
                    waiting -= 1
                    if waiting == 0 { return }
                }
            }
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
    }
}
