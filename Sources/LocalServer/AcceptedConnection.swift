internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import Synchronization

/// A connection that was accepted, and that may never be served: a server that ends drops those that
/// wait. NIO ends the whole process where one is dropped that nobody has closed.
final class AcceptedConnection: ServerChildChannelValue {
    private let connection: HTTP1Channel.Value
    private let isServed = Atomic(false)

    init(_ connection: HTTP1Channel.Value) {
        self.connection = connection
    }

    var channel: any Channel { connection.channel }

    /// The connection, for whoever serves and closes it.
    func taken() -> HTTP1Channel.Value {
        isServed.store(true, ordering: .sequentiallyConsistent)
        return connection
    }

    deinit {
        guard !isServed.load(ordering: .sequentiallyConsistent) else { return }
        Task { [connection] in
            // Fails only where the other side was faster.
            try? await connection.executeThenClose { _, _ in }
        }
    }
}

/// Serves HTTP/1.1 on accepted connections.
struct AcceptedConnections: ServerChildChannel {
    let http: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        http.setup(channel: channel, logger: logger).map(AcceptedConnection.init)
    }

    func handle(value: AcceptedConnection, logger: Logger) async {
        // Its registration is on the way there; until it is done nothing may close it in part, as a
        // cancelled Hummingbird does.
        try? await value.channel.eventLoop.submit {}.get()
        guard !Task.isCancelled else { return }
        await http.handle(value: value.taken(), logger: logger)
    }
}
