import NIOCore
import NIOPosix

/// A port of the loopback where connecting never ends: neither accepted nor refused.
///
/// Linux drops a connection request to a listener whose queue is full. This one accepts nobody and
/// fills its queue, the shortest there is, itself.
package struct BlackHole: Sendable {
    /// The port's number.
    package let port: Int

    private let listener: any Channel
    private let fillers: [any Channel]

    /// Opens one at a port that the system picks.
    ///
    /// Throws `BlackHoleError` where the system goes on taking connections.
    package static func open() async throws -> BlackHole {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 0)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        var fillers: [any Channel] = []
        do {
            let address = try listener.requireLocalAddress()
            while let filler = try await connect(to: address) {
                fillers.append(filler)
                guard fillers.count < 16 else { throw BlackHoleError.queueDoesNotFill }
            }
            let port = try address.requirePort()
            return BlackHole(port: port, listener: listener, fillers: fillers)
        } catch {
            await close(fillers + [listener])
            throw error
        }
    }

    /// Closes it: connecting is refused from now on.
    package func close() async {
        await Self.close(fillers + [listener])
    }

    /// A connection, or nil where none was made in a time that is ample within one machine.
    private static func connect(to address: SocketAddress) async throws -> (any Channel)? {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.milliseconds(100)).connect(to: address).get()
        } catch ChannelError.connectTimeout {
            return nil
        }
    }

    private static func close(_ channels: [any Channel]) async {
        for channel in channels { try? await channel.close() }
    }
}

/// Gives `body` a port where connecting never ends, and closes it afterwards in any case.
package func withBlackHole<Value>(
    _ body: (_ port: Int) async throws -> Value
) async throws -> Value {
    let hole = try await BlackHole.open()
    return try await finally {
        await hole.close()
    } after: {
        try await body(hole.port)
    }
}
