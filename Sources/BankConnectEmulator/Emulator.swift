package import FoundationEssentials
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore

/// FinBox BankConnect on this machine, as faithful as its documentation and no more generous.
///
/// It is written from the vendor's documentation (sections 1 and 9 of the specification) and shares
/// no type with bankhook's client: a mistake in one must not hide in the other.
package struct Emulator: Sendable {
    /// Where it listens, and whom it knows.
    let configuration: EmulatorConfiguration
    private let responder: EmulatorResponder
    private let connections: OpenConnections
    private let logger: Logger

    /// Prepares an emulator that knows no registration yet.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and the accounts.
    ///   - now: The clock of its lists.
    ///   - makeID: Makes the ids of entities, statements and links that events do not name.
    ///   - logger: For the server's own messages; calls are not logged.
    ///   - onRequest: Called for each call to the API, just before its answer leaves. It must be
    ///     quick: the answer waits for it.
    ///   - onDelivery: Called for each delivery when it has ended.
    package init(
        configuration: EmulatorConfiguration = EmulatorConfiguration(),
        now: @escaping @Sendable () -> Date = { Date() },
        makeID: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() },
        logger: Logger,
        onRequest: (@Sendable (RequestRecord) -> Void)? = nil,
        onDelivery: (@Sendable (DeliveryRecord) -> Void)? = nil
    ) {
        let state = EmulatorState()
        state.faults = configuration.faults.faults
        self.configuration = configuration
        self.logger = logger
        connections = OpenConnections()
        let events = EventRoutes(
            accounts: configuration.accounts.known, state: state,
            courier: Courier(
                deliversAnywhere: configuration.deliversAnywhere,
                timeout: configuration.deliveryTimeout, trustRoots: configuration.trustRoots),
            now: now, makeID: makeID, onDelivery: onDelivery)
        responder = EmulatorResponder(
            api: APIRoutes(
                accounts: configuration.accounts, state: state, now: now, onRequest: onRequest),
            control: ControlRoutes(
                state: state, events: events,
                guardian: ControlGuard(host: configuration.host)),
            connections: connections)
    }

    /// Serves until the task is cancelled, then returns once the answers on their way are out, or
    /// the configuration's `grace` is over.
    ///
    /// - Parameter onListening: Called once, with the base URL, when calls are accepted; an error
    ///   it throws ends the emulator and is thrown here.
    /// - Throws: `EmulatorError` at once where it cannot listen.
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

    private func application(
        onListening: @escaping @Sendable (any Channel) -> Void
    ) throws -> Application<EmulatorResponder> {
        let server: HTTPServerBuilder =
            if let identity = configuration.identity {
                try .tls(tlsConfiguration: identity.tls)
            } else {
                .http1()
            }
        return Application(
            responder: responder,
            server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { onListening($0) },
            logger: logger)
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
            throw EmulatorError(error, host: configuration.host, port: configuration.port)
        }
    }
}
