package import BankhookModel
internal import LocalServer
package import Logging

/// A valid webhook endpoint on this machine (specification, section 8, `listen`).
package struct Listener: Sendable {
    private let server: LocalServer<ListenResponder>

    /// How long a sender's connection may bring nothing while no answer is due.
    private static let idleTimeout = Duration.seconds(75)

    /// `report` is called for each request, just before its answer leaves: it must be quick.
    package init(
        configuration: ListenConfiguration, now: @escaping @Sendable () -> Timestamp,
        logger: Logger, report: @escaping @Sendable (Delivery) -> Void
    ) {
        server = LocalServer(
            responder: ListenResponder(configuration: configuration, now: now, report: report),
            address: ListenAddress(host: configuration.host, port: configuration.port),
            idleTimeout: Listener.idleTimeout, grace: configuration.grace, logger: logger)
    }

    /// Serves until the task is cancelled, then returns once the answers on their way are out, or
    /// the configuration's `grace` is over.
    ///
    /// `onListening` is called once, with the base URL, when requests are accepted; what it throws
    /// ends the server and is thrown here. Throws `ListenError` at once where it cannot listen.
    package func run(
        onListening: @Sendable (_ baseURL: String) async throws -> Void
    ) async throws {
        try await server.run(onListening: onListening)
    }
}
