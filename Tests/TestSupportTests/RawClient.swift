import NIOCore
import NIOPosix
import NIOSSL

/// A client that sends what it is told and reads to the end, whatever comes.
struct RawClient {
    static let get = "GET /path?query HTTP/1.1\r\nhost: test\r\n\r\n"

    let port: Int
    /// PEM of the only authority to trust; nil speaks plain TCP.
    var caPEM: String?
    var minimumVersion = TLSVersion.tlsv12

    /// Connects, sends `text` and reads up to the end or to `limit` bytes.
    func exchange(_ text: String = get, limit: Int = .max) async throws -> RawAnswer {
        try await connect().executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = RawAnswer()
            do {
                for try await var part in inbound {
                    answer.bytes.writeBuffer(&part)
                    guard answer.bytes.readableBytes < limit else {
                        answer.ending = .leftByClient
                        break
                    }
                }
            } catch let error as IOError {
                answer.ending = .failed(error.errnoCode)
            } catch NIOSSLError.uncleanShutdown {
                answer.ending = .truncated
            }
            return answer
        }
    }

    /// A connection of one's own; the handshake has begun when this returns.
    func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let context = try makeContext()
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: nil))
                    }
                    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }

    private func makeContext() throws -> NIOSSLContext? {
        guard let caPEM else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = minimumVersion
        let roots = try NIOSSLCertificate.fromPEMBytes(Array(caPEM.utf8))
        // A server that is busy sending does not answer the good-bye of a client that leaves.
        configuration.shutdownTimeout = .milliseconds(100)
        configuration.trustRoots = .certificates(roots)
        return try NIOSSLContext(configuration: configuration)
    }
}
