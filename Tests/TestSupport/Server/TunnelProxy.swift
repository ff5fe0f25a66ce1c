import NIOCore
import NIOPosix

/// An HTTP proxy on the loopback that takes every CONNECT to one server of the test's own, whatever
/// host it names, and keeps record of what its clients show it.
///
/// For a proxy that refuses or fails, a `HostileServer` without TLS will do.
package final class TunnelProxy: Sendable {
    /// The port that the system picked.
    package let port: Int

    private let listener: any Channel
    private let connections: Connections
    private let records: TunnelRecords

    private init(
        port: Int, listener: any Channel, connections: Connections, records: TunnelRecords
    ) {
        self.port = port
        self.listener = listener
        self.connections = connections
        self.records = records
    }

    /// What each connection brought, in the order of accepting.
    package var tunnels: [TunnelRecord] { records.all }

    /// Starts one whose tunnels all lead to that port of 127.0.0.1; whoever starts it stops it.
    package static func start(to target: Int) async throws -> TunnelProxy {
        let connections = Connections()
        let records = TunnelRecords()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { client in
                // The way to the target first: the client is not read before.
                ClientBootstrap(group: client.eventLoop)
                    .connect(host: "127.0.0.1", port: target)
                    .flatMapThrowing { server in
                        try connections.add(client)
                        try connections.add(server)
                        try client.pipeline.syncOperations.addHandler(
                            TunnelHandler(to: server, number: records.add(), records: records))
                        try server.pipeline.syncOperations.addHandler(RelayHandler(to: client))
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try listener.requireLocalAddress().requirePort()
        return TunnelProxy(
            port: port, listener: listener, connections: connections, records: records)
    }

    /// Stops listening and cuts every tunnel; what was seen can still be asked for.
    package func stop() async {
        try? await listener.close()
        await connections.stop()
    }
}

/// Gives `body` a running proxy to that port of 127.0.0.1, and stops it afterwards in any case.
package func withTunnelProxy<Value>(
    to target: Int, _ body: (_ proxy: TunnelProxy) async throws -> Value
) async throws -> Value {
    let proxy = try await TunnelProxy.start(to: target)
    return try await finally {
        await proxy.stop()
    } after: {
        try await body(proxy)
    }
}
