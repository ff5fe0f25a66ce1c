internal import AsyncHTTPClient
internal import BankhookModel
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// The HTTP clients of one run, one for each time-out and proxy in use: a connection that cannot be
/// made must be told from an answer that does not come, and only a client has a time limit for
/// connecting.
final class Connections: Sendable {
    private struct Kind: Hashable {
        let timeout: TimeSpan
        let proxy: Proxy?
    }

    let userAgent: String
    /// The requests through proxies.
    let started = StartedRequests()
    private let limit: Int
    /// Whether a connection is ended once it is made, before anything of a request is written.
    private let isTrial: Bool
    private let clients = Mutex<[Kind: HTTPClient]>([:])

    init(limit: Int, userAgent: String, isTrial: Bool = false) {
        self.limit = limit
        self.userAgent = userAgent
        self.isTrial = isTrial
    }

    func client(timeout: TimeSpan, proxy: Proxy?) -> HTTPClient {
        clients.withLock { clients in
            let kind = Kind(timeout: timeout, proxy: proxy)
            if let client = clients[kind] { return client }
            let client = makeClient(timeout: timeout, proxy: proxy)
            clients[kind] = client
            return client
        }
    }

    private func makeClient(timeout: TimeSpan, proxy: Proxy?) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.proxy = proxy?.setting
        // Less than the whole exchange has, so that it is noticed first, on a busy machine too.
        configuration.timeout.connect = .milliseconds(Int64(min(timeout.seconds * 750, 10_000)))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limit
        let notes = proxy == nil ? nil : started
        let isTrial = isTrial
        configuration.http1_1ConnectionDebugInitializer = { channel in
            Connections.addHandlers(to: channel, notes: notes, isTrial: isTrial)
        }
        return HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Puts handlers of our own between a connection's decoder and the client.
    private static func addHandlers(
        to channel: any Channel, notes: StartedRequests?, isTrial: Bool
    ) -> EventLoopFuture<Void> {
        channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(
                type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            if isTrial { try pipeline.addHandler(RequestStop(), position: .after(decoder)) }
            if let notes {
                try pipeline.addHandler(StartNotice(notes), position: .after(decoder))
            }
            try pipeline.addHandler(CertificateNotice(), position: .after(decoder))
            try pipeline.addHandler(StatusCheck(), position: .after(decoder))
        }
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
