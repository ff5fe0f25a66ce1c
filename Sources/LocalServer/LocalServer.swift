package import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
package import Logging
internal import NIOCore
package import NIOSSL

/// An HTTP server on this machine that ends in good order: once the answers on their way are out.
package struct LocalServer<Responder: HTTPResponder>: Sendable
where Responder.Context == ConnectionContext {
    private let responder: Responder
    private let address: ListenAddress
    private let tls: TLSConfiguration?
    private let idleTimeout: Duration?
    private let grace: Duration
    private let connections = OpenConnections()
    private let logger: Logger

    /// - Parameters:
    ///   - responder: Answers each request.
    ///   - address: Where it listens.
    ///   - tls: With it, it speaks https.
    ///   - idleTimeout: How long a connection may bring nothing while no answer is due; nil for ever.
    ///   - grace: How long answers on their way may take when it ends.
    ///   - logger: For the server's own messages; requests are not logged.
    package init(
        responder: Responder, address: ListenAddress, tls: TLSConfiguration? = nil,
        idleTimeout: Duration? = nil, grace: Duration, logger: Logger
    ) {
        self.responder = responder
        self.address = address
        self.tls = tls
        self.idleTimeout = idleTimeout
        self.grace = grace
        self.logger = logger
    }

    /// Serves until the task is cancelled, then returns once the answers on their way are out, or
    /// the time of grace is over.
    ///
    /// `onListening` is called once, with the base URL, when requests are accepted; what it throws
    /// ends the server and is thrown here. Throws `ListenError` at once where it cannot listen.
    package func run(
        onListening: @Sendable (_ baseURL: String) async throws -> Void
    ) async throws {
        let (listeners, listening) = AsyncStream.makeStream(of: (any Channel).self)
        let application = try application { listening.yield($0) }
        // Not a child: cancelling a child would cut off the answers that are being written.
        let server = Task {
            defer { listening.finish() }
            try await application.run()
        }
        var iterator = listeners.makeAsyncIterator()
        guard let listener = await iterator.next() else {
            return try await endUnheard(server)
        }
        do {
            let port = listener.localAddress?.port ?? address.port
            try await onListening(address.url(scheme: tls == nil ? "http" : "https", port: port))
        } catch {
            await stop(server, listener)
            if Task.isCancelled && error is CancellationError { return }
            throw error
        }
        // Ends when the task is cancelled, or when the server stops of itself.
        _ = await iterator.next()
        guard Task.isCancelled else { return try await server.value }
        await stop(server, listener)
    }

    private func application(
        onListening: @escaping @Sendable (any Channel) -> Void
    ) throws -> Application<NotingResponder<Responder>> {
        let configuration = HTTP1Channel.Configuration(
            idleTimeout: idleTimeout.map(TimeAmount.init))
        let plain = HTTPServerBuilder { responder in
            AcceptedConnections(
                http: HTTP1Channel(responder: responder, configuration: configuration))
        }
        return Application(
            responder: NotingResponder(responder: responder, connections: connections),
            server: try tls.map { try .tls(plain, tlsConfiguration: $0) } ?? plain,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port)),
            onServerRunning: { onListening($0) },
            logger: logger)
    }

    /// Stops listening, lets answers out for the time of grace, and waits for the server's end.
    private func stop(_ server: Task<Void, any Error>, _ listener: any Channel) async {
        let deadline = listener.eventLoop.scheduleTask(in: TimeAmount(grace)) {
            server.cancel()
        }
        try? await listener.close()
        await connections.drain()
        deadline.cancel()
        server.cancel()
        _ = await server.result
    }

    /// Ends a server that never came to listen: it could not, or the task was cancelled first.
    private func endUnheard(_ server: Task<Void, any Error>) async throws {
        server.cancel()
        do {
            try await server.value
        } catch {
            if Task.isCancelled { return }
            throw ListenError(error, at: address)
        }
    }
}
