import NIOCore
import NIOPosix

/// A port of the loopback where every connection is refused, as long as this value is held.
///
/// A port that was bound, noted and closed could be given to another test a moment later, and a
/// client that connects to it could even meet itself. So the port stays taken: it is the near end
/// of a connection, where nothing listens.
package struct UnusedPort: Sendable {
    /// The port's number.
    package let number: Int

    private let listener: any Channel
    private let connection: any Channel

    /// Takes a port that the system picks.
    package static func reserve() async throws -> UnusedPort {
        let group = MultiThreadedEventLoopGroup.singleton
        let listener = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0)
            .get()
        do {
            let connection = try await ClientBootstrap(group: group)
                .bind(to: SocketAddress(ipAddress: "127.0.0.1", port: 0))
                .connect(to: listener.requireLocalAddress()).get()
            let number = try connection.requireLocalAddress().requirePort()
            return UnusedPort(number: number, listener: listener, connection: connection)
        } catch {
            try? await listener.close()
            throw error
        }
    }

    /// Gives the port back to the system.
    package func release() async {
        try? await connection.close()
        try? await listener.close()
    }
}

/// Gives `body` a port where every connection is refused, and releases it afterwards in any case.
package func withUnusedPort<Value>(
    _ body: (_ port: Int) async throws -> Value
) async throws -> Value {
    let port = try await UnusedPort.reserve()
    return try await finally {
        await port.release()
    } after: {
        try await body(port.number)
    }
}
