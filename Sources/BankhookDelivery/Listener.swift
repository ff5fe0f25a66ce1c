package import BankhookModel
internal import Hummingbird
package import Logging
internal import NIOCore

/// A valid webhook endpoint on this machine (specification, section 8, `listen`).
package struct Listener: Sendable {
    private let configuration: ListenConfiguration
    private let responder: ListenResponder
    private let connections: ListenConnections
    private let logger: Logger

    /// `report` is called for each request, just before its answer leaves: it must be quick.
    package init(
        configuration: ListenConfiguration, now: @escaping @Sendable () -> Timestamp,
        logger: Logger, report: @escaping @Sendable (Delivery) -> Void
    ) {
        self.configuration = configuration
        self.logger = logger
        connections = ListenConnections()
        responder = ListenResponder(
            configuration: configuration, connections: connections, now: now, report: report)
    }

    /// Serves until the task is cancelled, then returns once the answers on their way are out, or
    /// the configuration's `grace` is over.
    ///
    /// `onListening` is called once, with the base URL, when requests are accepted; what it throws
    /// ends the server and is thrown here. Throws `ListenError` at once where it cannot listen.
    package func run(
        onListening: @Sendable (_ baseURL: String) async throws -> Void
    ) async throws {
        let (listeners, listening) = AsyncStream.makeStream(of: (any Channel).self)
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { listening.yield($0) }, logger: logger)
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
            try await onListening(baseURL(of: listener))
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

    /// Stops listening, lets answers out for the time of grace, and waits for the server's end.
    private func stop(_ server: Task<Void, any Error>, _ listener: any Channel) async {
        let deadline = listener.eventLoop.scheduleTask(in: TimeAmount(configuration.grace)) {
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
            throw ListenError(error, host: configuration.host, port: configuration.port)
        }
    }

    private func baseURL(of listener: any Channel) -> String {
        let port = listener.localAddress?.port ?? configuration.port
        // The addresses that mean "every interface" are none to connect to.
        let host =
            switch configuration.host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: configuration.host
            }
        return host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }
}
