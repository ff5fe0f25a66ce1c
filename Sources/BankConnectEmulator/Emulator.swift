package import FoundationEssentials
internal import LocalServer
package import Logging

/// FinBox BankConnect on this machine, as faithful as its documentation and no more generous.
///
/// It is written from the vendor's documentation (sections 1 and 9 of the specification) and shares
/// no type with bankhook's client: a mistake in one must not hide in the other.
package struct Emulator: Sendable {
    private let server: LocalServer<EmulatorResponder>

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
        let events = EventRoutes(
            accounts: configuration.accounts.known, state: state,
            courier: Courier(
                deliversAnywhere: configuration.deliversAnywhere,
                timeout: configuration.deliveryTimeout, trustRoots: configuration.trustRoots),
            now: now, makeID: makeID, onDelivery: onDelivery)
        let responder = EmulatorResponder(
            api: APIRoutes(
                accounts: configuration.accounts, state: state, now: now, onRequest: onRequest),
            control: ControlRoutes(
                state: state, events: events,
                guardian: ControlGuard(host: configuration.host)))
        server = LocalServer(
            responder: responder,
            address: ListenAddress(host: configuration.host, port: configuration.port),
            tls: configuration.identity?.tls, grace: configuration.grace, logger: logger)
    }

    /// Serves until the task is cancelled, then returns once the answers on their way are out, or
    /// the configuration's `grace` is over.
    ///
    /// - Parameter onListening: Called once, with the base URL, when calls are accepted; an error
    ///   it throws ends the emulator and is thrown here.
    /// - Throws: `ListenError` at once where it cannot listen.
    package func run(
        onListening: @Sendable (_ baseURL: String) async throws -> Void
    ) async throws {
        try await server.run(onListening: onListening)
    }
}
