import NIOCore
import NIOPosix

/// Accepts connections and says nothing, so that a TLS handshake never ends.
package struct SilentListener: Sendable {
    package let port: Int
    /// Opens when a connection has come.
    package let accepted: Gate
}

/// Gives a body a silent listener, and closes it afterwards.
package func withSilentListener<Value>(_ body: (SilentListener) async throws -> Value) async throws
    -> Value
{
    let accepted = Gate()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in
            accepted.open()
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        .bind(host: "127.0.0.1", port: 0).get()
    let result: Result<Value, any Error>
    do {
        let listener = SilentListener(port: channel.localAddress?.port ?? 0, accepted: accepted)
        result = .success(try await body(listener))
    } catch {
        result = .failure(error)
    }
    try await channel.close()
    return try result.get()
}
