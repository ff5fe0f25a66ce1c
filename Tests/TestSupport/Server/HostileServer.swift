import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// An HTTP/1.1 server on the loopback that does to its clients what its script says, and keeps
/// record of what they did.
package final class HostileServer: Sendable {
    /// The origin to call, without a trailing slash: `https://127.0.0.1:50123`.
    package let baseURL: String
    /// The port that the system picked.
    package let port: Int

    private let listener: any Channel
    private let connections: Connections
    /// What the server has seen, for `HostileServer+Records`.
    let journal: Journal

    private init(
        baseURL: String, port: Int, listener: any Channel, connections: Connections,
        journal: Journal
    ) {
        self.baseURL = baseURL
        self.port = port
        self.listener = listener
        self.connections = connections
        self.journal = journal
    }

    /// Starts a server at a port that the system picks on 127.0.0.1; without `tls` it is plain.
    ///
    /// Whoever starts it stops it: `withHostileServer` does both. `host` is how `baseURL` names the
    /// loopback; good certificates are for both names.
    package static func start(
        tls: TLSSetup? = nil, host: LoopbackHost = .address, script: Script
    ) async throws -> HostileServer {
        let context = try tls?.makeContext()
        let connections = Connections()
        let journal = Journal()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try connections.add(channel)
                    try channel.pipeline.syncOperations.addHandlers(
                        handlers(context: context, script: script, journal: journal))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try listener.requireLocalAddress().requirePort()
        return HostileServer(
            baseURL: "\(tls == nil ? "http" : "https")://\(host.rawValue):\(port)", port: port,
            listener: listener, connections: connections, journal: journal)
    }

    /// Stops listening, cuts every connection as the end of a process would, and wakes everyone
    /// who waits for a request; what was seen can still be asked for.
    package func stop() async {
        try? await listener.close()
        await connections.stop()
        journal.close()
    }

    private static func handlers(
        context: NIOSSLContext?, script: Script, journal: Journal
    ) -> [any ChannelHandler] {
        let number = journal.note { entries in
            defer { entries.connectionCount += 1 }
            return entries.connectionCount
        }
        let tls = context.map { NIOSSLServerHandler(context: $0) }
        return [WireHandler()] + (tls.map { [$0] } ?? []) + [
            TrafficRecorder(journal: journal),
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
            ScriptHandler(connection: number, script: script, journal: journal),
        ]
    }
}

/// Gives `body` a running server, and stops it afterwards in any case.
package func withHostileServer<Value>(
    tls: TLSSetup? = nil, host: LoopbackHost = .address, script: Script,
    _ body: (_ server: HostileServer) async throws -> Value
) async throws -> Value {
    let server = try await HostileServer.start(tls: tls, host: host, script: script)
    return try await finally {
        await server.stop()
    } after: {
        try await body(server)
    }
}
