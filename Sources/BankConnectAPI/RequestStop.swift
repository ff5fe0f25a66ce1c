internal import BankhookModel
internal import NIOCore
internal import NIOSSL

/// Ends a connection before its request: where the client writes one, the connection is made, TLS
/// included, and nothing of HTTP has been sent to the host.
final class RequestStop: ChannelOutboundHandler {
    typealias OutboundIn = Any

    /// The connection was made.
    struct Connected: Error {
        /// When the host's certificate ends; nil without TLS.
        let certificateEnd: Timestamp?
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        let connected = Connected(
            certificateEnd: certificate.map {
                Timestamp(secondsSinceEpoch: Int($0.notValidAfter))
            })
        promise?.fail(connected)
        context.fireErrorCaught(connected)
        context.close(promise: nil)
    }

    func flush(context: ChannelHandlerContext) {}
}
